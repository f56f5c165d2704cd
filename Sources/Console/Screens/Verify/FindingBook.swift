import Migrations
import Schema
import Verification

/// What tells one check from another, whatever it finds: so that a run of checks can be compared with the one before.
struct FindingKey: Sendable, Hashable {
  /// The part of the code before the dot: the rest says how the check came out.
  var family: Substring
  var migration: MigrationID?
  /// What was declared, where the check was declared; else the object that was looked up.
  var place: FileLocation?
  var object: ObjectIdentity?
  /// Tells several checks apart that have everything else in common.
  var ordinal = 0

  init(_ finding: Finding) {
    family = finding.code.prefix { $0 != "." }
    migration = finding.migration
    // A declared claim names another object, or none, when it does not hold.
    place = family == "expectation" ? finding.location : nil
    object = place == nil ? finding.object : nil
  }
}

/// What the last checks found, compared with those before.
struct FindingBook: Sendable {
  /// One check with what it found now and before.
  struct Entry: Sendable, Hashable {
    var key: FindingKey
    var finding: Finding
    /// How the check came out the time before; nil if it was not made then, or there was no time before.
    var before: Finding.Severity?

    /// What has become of it since the time before.
    var change: Change? {
      guard let before, before != finding.severity else { return nil }
      return finding.severity < before ? .better : .worse
    }
  }

  /// How a check came out, compared with the time before.
  enum Change: Sendable, Hashable {
    case better
    case worse
  }

  private(set) var entries: [Entry] = []
  /// When the checks were made, in seconds since 1970; nil before the first.
  private(set) var checkedAt: Double?
  private(set) var summary = FindingSummary([])

  /// Takes what checks found: all of them, or those of one migration.
  mutating func take(_ findings: [Finding], of migration: MigrationID? = nil, at time: Double) {
    let before = Dictionary(
      entries.map { ($0.key, $0.finding.severity) }, uniquingKeysWith: { first, _ in first })
    var fresh = Self.keyed(findings).map { Entry(key: $0.0, finding: $0.1, before: before[$0.0]) }
    if let migration {
      let place = entries.firstIndex { $0.finding.migration == migration } ?? entries.count
      var kept = entries.filter { $0.finding.migration != migration }
      for index in kept.indices { kept[index].before = kept[index].finding.severity }
      kept.insert(contentsOf: fresh, at: min(place, kept.count))
      fresh = kept
    }
    entries = fresh
    checkedAt = time
    summary = FindingSummary(entries.lazy.map(\.finding))
  }

  /// How many checks came out better and worse than the time before.
  var changes: (better: Int, worse: Int) {
    (entries.count { $0.change == .better }, entries.count { $0.change == .worse })
  }

  private static func keyed(_ findings: [Finding]) -> [(FindingKey, Finding)] {
    var seen: [FindingKey: Int] = [:]
    return findings.map { finding in
      var key = FindingKey(finding)
      let ordinal = seen[key, default: 0]
      seen[key] = ordinal + 1
      key.ordinal = ordinal
      return (key, finding)
    }
  }
}
