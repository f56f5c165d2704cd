public import Migrations
import Schema

/// Finds what changes between the matrices of two moments.
///
/// What counts is which rows a role reaches, not through what: a policy that is written anew with the same meaning, or
/// row security that a role bypasses anyway, changes nothing.
public struct AccessComparison: Sendable {
  private let before: AccessMatrix
  private let after: AccessMatrix
  /// Objects about which nothing is known afterwards.
  private let uncertain: Set<ObjectIdentity>
  /// Views of which only is known what reading gives.
  private let readOnly: Set<ObjectIdentity>

  /// Compares two matrices.
  public init(from before: AccessMatrix, to after: AccessMatrix) {
    self.init(from: before, to: after, uncertain: [], readOnly: [])
  }

  init(
    from before: AccessMatrix, to after: AccessMatrix, uncertain: Set<ObjectIdentity>,
    readOnly: Set<ObjectIdentity>
  ) {
    self.before = before
    self.after = after
    self.uncertain = uncertain
    self.readOnly = readOnly
  }

  /// What changes, in the order of the objects.
  public var change: AccessChange {
    let touched = AccessTouch(from: before, to: after).objects
    if touched?.isEmpty ?? false { return AccessChange() }
    let objects = (after.relations + after.otherObjects.filter(Self.isCallable))
      .filter { touched?.contains(AccessTouch.name(of: $0)) ?? true }
    return change(of: objects, for: (before.roles, after.roles))
  }

  /// What changes of some objects.
  ///
  /// - Parameters:
  ///   - objects: Relations and routines that are there afterwards.
  ///   - roles: The roles before and afterwards, the owner among them.
  func change(
    of objects: [ObjectIdentity], for roles: (before: [String], after: [String])
  ) -> AccessChange {
    let others = roles.after.filter { !roles.before.contains($0) }
    let roles = roles.before.filter { $0 != AccessMatrix.owner } + others + [AccessMatrix.owner]
    var cells: [AccessChange.Cell] = []
    for object in objects where !uncertain.contains(object) && !isTriggerFunction(object) {
      for role in roles {
        for command in after.commands(for: object) {
          if command != .select, readOnly.contains(object) { continue }
          if let cell = cell(object, command, role) { cells.append(cell) }
        }
      }
    }
    return AccessChange(cells)
  }

  static func isCallable(_ object: ObjectIdentity) -> Bool {
    object.kind == .function || object.kind == .procedure
  }

  /// Nobody calls a trigger's function.
  private func isTriggerFunction(_ object: ObjectIdentity) -> Bool {
    guard case .function(let detail)? = after.snapshot[object]?.detail else { return false }
    return detail.result == "trigger" || detail.result == "event_trigger"
  }

  private func cell(
    _ object: ObjectIdentity, _ command: AccessCommand, _ role: String
  ) -> AccessChange.Cell? {
    guard before.snapshot.contains(object) else { return cellOfNew(object, command, role) }
    let new = AccessReading(after, object, command, role: role)
    let old = AccessReading(before, object, command, role: role)
    guard let direction = Self.direction(from: old, to: new) else { return nil }
    return AccessChange.Cell(
      object, role: role, command: command.rawValue, before: old.reach, after: new.reach,
      direction: direction)
  }

  private func cellOfNew(
    _ object: ObjectIdentity, _ command: AccessCommand, _ role: String
  ) -> AccessChange.Cell? {
    // An owner's reach of the own new table is no news, nor is nothing.
    guard role != AccessMatrix.owner else { return nil }
    let new = AccessReading(after, object, command, role: role)
    guard new.rank > 0 else { return nil }
    return AccessChange.Cell(
      object, role: role, command: command.rawValue, before: nil, after: new.reach,
      direction: exposes(new, object, role) ? .widens : .appears)
  }

  /// Whether a new object is open to the API's users beyond what is theirs: every row to anybody who signs in, any row
  /// to who does not, a function that works with somebody else's rights.
  private func exposes(_ new: AccessReading, _ object: ObjectIdentity, _ role: String) -> Bool {
    guard !after.rights.bypassesRowSecurity(role) else { return false }
    if Self.isCallable(object) {
      guard PolicyReader.roles.contains(role), case .function(let detail)? = after.snapshot[object]?.detail
      else { return false }
      return detail.isSecurityDefiner
    }
    guard PolicyReader.roles.contains(role) else { return false }
    return role == PolicyReader.signedIn ? new.isWhole : new.rank > 0
  }

  private static func direction(
    from old: AccessReading, to new: AccessReading
  ) -> AccessChange.Direction? {
    if old.rank != new.rank { return old.rank < new.rank ? .widens : .narrows }
    if new.rank == 0 { return (old.value == .error) == (new.value == .error) ? nil : .differs }
    if old.columns != new.columns {
      guard let given = new.columns else { return .widens }
      guard let had = old.columns else { return .narrows }
      if had.isSubset(of: given) { return .widens }
      return given.isSubset(of: had) ? .narrows : .differs
    }
    if new.isWhole { return nil }
    if old.value == new.value, old.conditions == new.conditions { return nil }
    if old.value == .own, new.value == .own, old.isPlainlyOwn, new.isPlainlyOwn, old.picks == new.picks {
      return nil
    }
    return .differs
  }
}

/// What a role reaches of an object, with what picks the rows.
struct AccessReading {
  let value: AccessValue
  let columns: Set<String>?
  /// The conditions of the policies that decide, in a form in which another spelling is the same.
  let conditions: Set<Condition>
  /// The table's columns that the policies look at.
  let picks: [String]
  let isPlainlyOwn: Bool
  private let isCall: Bool

  /// One policy, as far as it decides.
  struct Condition: Hashable {
    var table: ObjectIdentity
    var isPermissive: Bool
    var using: [ExpressionItem]?
    var check: [ExpressionItem]?
  }

  init(_ matrix: AccessMatrix, _ object: ObjectIdentity, _ command: AccessCommand, role: String) {
    let cell = matrix.cell(object, command, role: role)
    value = cell.value
    columns = cell.columns.map(Set.init)
    isPlainlyOwn = value == .own && !cell.hasFurtherConditions
    isCall = command == .execute
    guard value == .own || value == .some else {
      conditions = []
      picks = []
      return
    }
    var conditions: Set<Condition> = []
    var picks: Set<String> = []
    for reason in cell.reasons {
      guard reason.kind == .policy, let policy = reason.object, let table = policy.table,
        case .policy(let detail)? = matrix.snapshot[policy]?.detail
      else { continue }
      let using = detail.using.map { PolicyCondition(ExpressionItem.items(of: $0)) }
      let check = detail.check.map { PolicyCondition(ExpressionItem.items(of: $0)) }
      conditions.insert(
        Condition(
          table: table, isPermissive: detail.isPermissive, using: using?.plain, check: check?.plain))
      let columns = matrix.columns[table] ?? []
      for condition in [using, check].compactMap(\.self) {
        picks.formUnion(Self.columns(of: table, among: columns, in: condition.items))
      }
    }
    self.conditions = conditions
    self.picks = picks.sorted()
  }

  /// Whether it is every row.
  var isWhole: Bool { value == .all || value == .bypass }

  /// Nothing, some rows, every row.
  var rank: Int {
    switch value {
    case .noGrant, .noPolicy, .impossible, .error: 0
    case .own, .some: 1
    case .all, .bypass: 2
    }
  }

  /// The table's columns that an expression names; in a sub-select only those with the table's name before them, since
  /// others may be those of what it reads.
  private static func columns(
    of table: ObjectIdentity, among columns: Set<String>, in items: [ExpressionItem]
  ) -> Set<String> {
    func walk(_ items: [ExpressionItem], isInside: Bool) -> Set<String> {
      let isInside =
        isInside || items.first?.isWord("select") == true && items.contains { $0.isWord("from") }
      return items.reduce(into: []) { found, item in
        switch item {
        case .name(let parts):
          let isOwn = parts.count > 1 ? parts[parts.count - 2] == table.name : !isInside
          if let last = parts.last, isOwn, columns.contains(last) { found.insert(last) }
        case .group(let inner): found.formUnion(walk(inner, isInside: isInside))
        case .string, .number, .symbol: break
        }
      }
    }
    return walk(items, isInside: false)
  }

  private var by: String { picks.isEmpty ? "" : " by \(picks.joined(separator: ", "))" }

  /// The same as a change carries it.
  var reach: AccessChange.Reach {
    var words: String
    switch value {
    case .all where isCall: words = "may call"
    case .noGrant where isCall: words = "may not call (no grant)"
    case .all, .bypass: words = "all rows"
    case .own: words = isPlainlyOwn ? "own rows\(by)" : "own rows\(by), not all of them"
    case .some: words = picks.isEmpty ? "some rows" : "rows\(by)"
    case .noGrant: words = "none (no grant)"
    case .noPolicy: words = "none (no policy)"
    case .error: words = "fails"
    case .impossible: words = "not possible"
    }
    if let columns, rank > 0 { words += " of columns \(columns.sorted().joined(separator: ", "))" }
    return AccessChange.Reach(value.rawValue, words: words)
  }
}
