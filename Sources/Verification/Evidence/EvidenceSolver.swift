import Migrations
import Schema
import Script

/// Decides which migrations are in, and what proves it (see ``EvidenceJudge`` for the reasoning).
struct EvidenceSolver {
  /// What is known of a migration on the way.
  enum Standing: Sendable {
    case unknown
    /// It is in.
    case included
    /// It is not.
    case excluded
    /// Its own objects contradict each other, so that nothing follows for others.
    case mixed
  }

  /// What a change point says of its migration.
  enum Verdict {
    /// The catalog shows what the migration left.
    case found
    /// The catalog shows something else.
    case wrong
    /// It proves nothing: a later migration changed it again, or it would be so without the migration.
    case silent
  }

  private struct Variable {
    var object: ObjectIdentity
    var facet: Facet
    var timeline: FacetTimeline
    var actual: FacetValue
    /// The values that agree with the catalog: 0 for the initial one, else the change point's number from 1.
    var candidates: [Int]
    /// Whether 0 is among them only because the object may have been there before the first migration.
    var mayBeOlder: Bool

    func value(_ number: Int) -> FacetValue {
      number == 0 ? timeline.initial : timeline.points[number - 1].value
    }

    func migration(_ number: Int) -> Int { timeline.points[number - 1].migration }
  }

  private var variables: [ObjectIdentity: [Variable]] = [:]
  private var standings: [Standing]
  /// Whether a migration that is out also rules out that later ones have changed the same object.
  private var assumesOrder = false
  /// The migrations whose objects were not there before they made them, although they allow for it.
  private var presumedNew: Set<Int> = []

  /// Takes in what the files say and what the catalog shows; `included` are migrations that are in without a doubt.
  init(_ timelines: Timelines, _ observation: Observation, included: Set<Int>) {
    standings = timelines.touches.indices.map { included.contains($0) ? .included : .unknown }
    for (object, facets) in timelines.facets {
      variables[object] = facets.map { facet, timeline in
        let actual = observation.value(of: facet, object: object)
        var candidates = Self.candidates(facet, timeline, actual)
        let mayBeOlder = timeline.isInitialLikely && candidates.first != 0
        if mayBeOlder { candidates.insert(0, at: 0) }
        return Variable(
          object: object, facet: facet, timeline: timeline, actual: actual, candidates: candidates,
          mayBeOlder: mayBeOlder)
      }
    }
  }

  /// Draws conclusions until nothing new follows: first those that hold whatever was applied and whatever was there
  /// before; then those that hold if nothing changed an object before it was made; last, for migrations of which nothing
  /// is known yet, those that hold if nothing was there before.
  mutating func solve() {
    conclude()
    assumesOrder = true
    conclude()
    presumedNew = Set(standings.indices.filter { standings[$0] == .unknown })
    conclude()
  }

  private mutating func conclude() {
    var isSettled = false
    while !isSettled {
      isSettled = true
      for (migration, count) in votes() where standings[migration] == .unknown {
        // A few objects that somebody took away by hand do not turn a migration over; one object that nothing but the
        // migration can have left is enough that it is not simply out.
        let isMostlyThere = count.found >= 3 * count.wrong
        standings[migration] = count.found == 0 ? .excluded : isMostlyThere ? .included : .mixed
        isSettled = false
      }
    }
  }

  /// How many objects speak for and against each migration.
  private func votes() -> [Int: (found: Int, wrong: Int)] {
    var votes: [Int: (found: Int, wrong: Int)] = [:]
    for variables in variables.values {
      var verdicts: [Int: Verdict] = [:]
      for variable in variables {
        let feasible = feasible(variable)
        guard !feasible.isEmpty else { continue }
        for number in 1...variable.timeline.points.count {
          let migration = variable.migration(number)
          switch verdict(variable, number, feasible) {
          case .found: if verdicts[migration] == nil { verdicts[migration] = .found }
          case .wrong: verdicts[migration] = .wrong
          case .silent: break
          }
        }
      }
      for (migration, verdict) in verdicts {
        if verdict == .found { votes[migration, default: (0, 0)].found += 1 }
        if verdict == .wrong { votes[migration, default: (0, 0)].wrong += 1 }
      }
    }
    return votes
  }

  /// What the catalog says of one object that a migration changes; nil if it proves nothing for that migration.
  func verdict(
    of object: ObjectIdentity, in migration: Int, _ names: (Int) -> String
  ) -> EvidenceItem.Verdict? {
    var isFound = false
    var wrong: [Variable] = []
    for variable in variables[object] ?? [] {
      guard let number = variable.timeline.points.firstIndex(where: { $0.migration == migration }) else {
        continue
      }
      switch finalVerdict(variable, number + 1) {
      case .found: isFound = true
      case .wrong: wrong.append(variable)
      case .silent: break
      }
    }
    let order = Facet.allCases
    let first = wrong.min { (order.firstIndex(of: $0.facet) ?? 0) < (order.firstIndex(of: $1.facet) ?? 0) }
    guard let first else { return isFound ? .found : nil }
    if first.facet == .existence || first.actual == .absent { return .missing }
    return .differs(description(first, migration, names))
  }

  // MARK: Candidates

  /// The values of a history that agree with what the catalog shows.
  private static func candidates(_ facet: Facet, _ timeline: FacetTimeline, _ actual: FacetValue) -> [Int] {
    let values = [timeline.initial] + timeline.points.map(\.value)
    guard actual != .unknown else { return Array(values.indices) }
    let equal = values.indices.filter { values[$0] == actual || values[$0] == .unknown }
    if facet.isExact || values.contains(actual) || actual == .absent { return equal }
    // A fingerprint that equals none may still be any of them, as the server writes it.
    return values.indices.filter { values[$0] != .absent }
  }

  /// The candidates that what is known of the migrations leaves.
  private func feasible(_ variable: Variable) -> [Int] {
    let points = variable.timeline.points
    let possible = variable.candidates.filter { number in
      if number > 0, standings[variable.migration(number)] == .excluded { return false }
      if number == 0, variable.mayBeOlder, presumedNew.contains(variable.migration(1)) { return false }
      return !points[number...].contains { standings[$0.migration] == .included }
    }
    guard assumesOrder, possible.count > 1 else { return possible }
    let ordered = possible.filter { number in
      !points[..<number].contains { standings[$0.migration] == .excluded }
    }
    return ordered.isEmpty ? possible : ordered
  }

  private func verdict(_ variable: Variable, _ number: Int, _ feasible: [Int]) -> Verdict {
    if feasible.allSatisfy({ $0 < number }) { return .wrong }
    let stillHolds = feasible.allSatisfy { last in
      last >= number && (number..<last).allSatisfy { variable.value($0 + 1) == .unknown }
    }
    return stillHolds ? .found : .silent
  }

  private func finalVerdict(_ variable: Variable, _ number: Int) -> Verdict {
    let feasible = feasible(variable)
    let value = variable.value(number)
    guard value != .unknown else { return .silent }
    if !feasible.isEmpty {
      let verdict = verdict(variable, number, feasible)
      switch verdict {
      case .found where variable.actual == .unknown,
        .found where !variable.facet.isExact && variable.actual != value:
        // Nothing contradicts it, but nothing shows it either.
        return .silent
      case .wrong where variable.actual == value && value != .absent:
        // It is as the migration would leave it, for another reason.
        return .silent
      default:
        return verdict
      }
    }
    // The catalog contradicts what is known. The last migration that should have had a say is to blame.
    let points = variable.timeline.points
    guard let blamed = points.lastIndex(where: { standings[$0.migration] != .excluded }) else {
      return .wrong
    }
    if number == blamed + 1 { return .wrong }
    return number > blamed + 1 && variable.actual != value ? .wrong : .silent
  }

  // MARK: Words

  private func description(_ variable: Variable, _ migration: Int, _ names: (Int) -> String) -> String {
    let expected = variable.timeline.points.first { $0.migration == migration }?.value
    switch variable.facet {
    case .type, .nullability:
      guard case .value(let shown) = variable.actual, case .value(let should)? = expected else {
        return "it differs"
      }
      return variable.facet == .type ? "its type is \(shown), not \(should)" : "it is \(shown), not \(should)"
    case .expression, .body, .traits, .settings, .definition, .existence:
      let noun =
        [Facet.expression: "default", .body: "body", .settings: "list of settings"][variable.facet]
        ?? "definition"
      guard let number = variable.candidates.last, variable.candidates.count == 1 else {
        return "its \(noun) is none that the files give it"
      }
      return number == 0
        ? "its \(noun) is the one from before the first migration"
        : "its \(noun) is still that of \(names(variable.migration(number)))"
    }
  }
}
