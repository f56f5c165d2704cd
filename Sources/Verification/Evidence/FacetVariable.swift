import Schema

/// A facet's history together with what the catalog shows of it; looked at many times, so never copied.
final class FacetVariable: Sendable {
  /// The object.
  let object: ObjectIdentity
  /// Whether other databases' migrations may have changed it too.
  let isOfWholeServer: Bool
  /// The facet.
  let facet: Facet
  /// What the files say.
  let timeline: FacetTimeline
  /// What the catalog says.
  let actual: FacetValue
  /// The values that agree with the catalog: 0 for the initial one, else the change point's number from 1.
  let candidates: [Int]
  /// Whether 0 is among them only because the object may have been there before the first migration.
  let mayBeOlder: Bool

  /// What the catalog lacks of what migrations ask for before they do it, by their numbers.
  private let absentHosts: [Int: ObjectIdentity]

  init(object: ObjectIdentity, facet: Facet, timeline: FacetTimeline, _ observation: Observation) {
    self.object = object
    isOfWholeServer = object.isOfWholeServer
    self.facet = facet
    let timeline = timeline.naming(creator: observation.creator)
    self.timeline = timeline
    let actual = observation.value(of: facet, object: object)
    self.actual = actual
    absentHosts = Dictionary(
      timeline.points.compactMap { point in
        point.hosts.first { !observation.isThere($0) }.map { (point.migration, $0) }
      }, uniquingKeysWith: { first, _ in first })
    let agreeing = Self.candidates(facet, timeline, actual)
    mayBeOlder = timeline.isInitialLikely && agreeing.first != 0
    candidates = mayBeOlder ? [0] + agreeing : agreeing
  }

  /// What is not there without which a migration does nothing to the object; nil if it does it in any case.
  func absentHost(in migration: Int) -> ObjectIdentity? { absentHosts[migration] }

  /// A value by its number.
  func value(_ number: Int) -> FacetValue {
    number == 0 ? timeline.initial : timeline.points[number - 1].value
  }

  /// The migration that makes a value, by the value's number from 1.
  func migration(_ number: Int) -> Int { timeline.points[number - 1].migration }

  private static func candidates(_ facet: Facet, _ timeline: FacetTimeline, _ actual: FacetValue) -> [Int] {
    let values = [timeline.initial] + timeline.points.map(\.value)
    guard actual != .unknown else { return Array(values.indices) }
    let equal = values.indices.filter { values[$0] == actual || values[$0] == .unknown }
    if facet.isExact || values.contains(actual) || actual == .absent { return equal }
    // A fingerprint that equals none may still be any of them, as the server writes it.
    return values.indices.filter { values[$0] != .absent }
  }

  /// How the catalog differs from what a migration should have left, as part of a sentence about the object.
  func difference(in migration: Int, _ names: (Int) -> String) -> String {
    let expected = timeline.points.first { $0.migration == migration }?.value
    switch facet {
    case .type:
      guard case .value(let shown) = actual, case .value(let wanted)? = expected else {
        return "it has another type"
      }
      return "its type is \(shown), not \(wanted)"
    case .nullability:
      return actual == .value("nullable")
        ? "it accepts NULL and should not" : "it is NOT NULL and should accept NULL"
    case .traits:
      return "its language, volatility or SECURITY is another"
    case .expression, .body, .settings, .definition, .existence, .part:
      let known = mayBeOlder ? Array(candidates.dropFirst()) : candidates
      guard known.count == 1, let number = known.first else {
        return "its \(noun) is none that the files give it"
      }
      return number == 0
        ? "its \(noun) is the one from before the first migration"
        : "its \(noun) is still that of \(names(self.migration(number)))"
    }
  }

  private var noun: String {
    switch facet {
    case .expression: "default"
    case .body: "body"
    case .settings: "list of settings"
    case .part(let name): name
    default: "definition"
    }
  }
}
