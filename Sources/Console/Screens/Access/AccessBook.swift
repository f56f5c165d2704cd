import Display
import Schema
import Verification

/// The matrix of a catalog, prepared for being looked at, and what the last probe found.
struct AccessBook: Sendable {
  /// Which reading of the catalog this is; 0 before the first.
  private(set) var number = 0
  private(set) var matrix = AccessMatrix(Snapshot())
  private(set) var roles: [String] = []
  private var objects: [ObjectIdentity] = []
  private var values: [ObjectIdentity: [[AccessValue]]] = [:]
  private var findings: [Cell: ProbeFinding] = [:]
  private var omissions: [ObjectIdentity: String] = [:]
  /// When the last probe came to its end, in seconds since 1970; nil before the first.
  private(set) var probedAt: Double?

  private struct Cell: Hashable {
    var object: ObjectIdentity
    var role: String
    var command: AccessCommand
  }

  /// What a probe found in one cell.
  struct ProbeFinding: Sendable, Hashable {
    var entry: ProbeReport.Entry
    /// Whether the matrix says the same.
    var agrees: Bool
  }

  init() {}

  /// Works the matrix out of a catalog; what a probe found of an older one stays until the next.
  mutating func take(_ catalog: Snapshot, number: Int) {
    self.number = number
    matrix = AccessMatrix(catalog)
    roles = matrix.roles
    values = [:]
    objects = matrix.relations + matrix.otherObjects
    longestName =
      objects.lazy.filter { AccessGroup.Kind($0.kind) == .relations }.map { Text(foreign: $0.name).columns }
      .max() ?? 0
  }

  mutating func take(_ report: ProbeReport, omissions: [ProbePlan.Omission], at time: Double) {
    probedAt = time
    for entry in report.entries {
      findings[Cell(object: entry.table, role: entry.role, command: entry.command)] = ProbeFinding(
        entry: entry, agrees: report.agrees(entry, with: matrix))
    }
    for omission in omissions where omission.role == nil { self.omissions[omission.table] = omission.reason }
  }

  /// The values of an object's cells, by role and command; worked out once for what came into sight.
  func values(of object: ObjectIdentity) -> [[AccessValue]] {
    if let known = values[object] { return known }
    let commands = matrix.commands(for: object)
    return roles.map { role in commands.map { matrix.cell(object, $0, role: role).value } }
  }

  /// Works the values of an object out, to be shown again and again.
  mutating func remember(_ object: ObjectIdentity) {
    if values[object] == nil { values[object] = values(of: object) }
  }

  /// What a probe found in a cell, if it looked there.
  func finding(_ object: ObjectIdentity, _ command: AccessCommand, role: String) -> ProbeFinding? {
    findings[Cell(object: object, role: role, command: command)]
  }

  /// Why a probe could not look at an object at all.
  func omission(_ object: ObjectIdentity) -> String? { omissions[object] }

  /// Whether a probe found in one of the object's cells what the matrix does not say.
  func isContradicted(_ object: ObjectIdentity) -> Bool {
    roles.contains { role in
      matrix.commands(for: object).contains { finding(object, $0, role: role)?.agrees == false }
    }
  }

  /// The cells that the longest name takes.
  private(set) var longestName = 0

  /// How many cells a probe found something out about, and how often the matrix says something else.
  var sums: (cells: Int, contradictions: Int) {
    let known = findings.values.filter { $0.entry.value != nil }
    return (known.count, known.count { !$0.agrees })
  }

  /// The rows of the list: everything, or what a role can reach.
  func rows(reachedBy role: String?) -> [AccessRow] {
    let shown = role.map { role in objects.filter { isReached($0, by: role) } } ?? objects
    let groups = Dictionary(grouping: shown, by: AccessGroup.init)
    return groups.keys.sorted().flatMap { group -> [AccessRow] in
      let members = groups[group] ?? []
      return [AccessRow(content: .heading(group, count: members.count))]
        + members.map { AccessRow(content: .object($0)) }
    }
  }

  private func isReached(_ object: ObjectIdentity, by role: String) -> Bool {
    matrix.commands(for: object).contains { matrix.cell(object, $0, role: role).value.reachesSomething }
  }
}

extension AccessValue {
  /// Whether a command does something for a role at all.
  var reachesSomething: Bool {
    switch self {
    case .all, .own, .some, .bypass: true
    case .noGrant, .noPolicy, .error, .impossible: false
    }
  }
}
