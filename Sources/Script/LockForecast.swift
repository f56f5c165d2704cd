import Schema

/// A table lock that a statement will take, and what it does while it holds it.
public struct LockForecast: Sendable, Hashable {
  /// The mode.
  public var mode: LockMode
  /// The relation.
  public var relation: ObjectIdentity
  /// Whether the statement writes the whole table anew.
  public var rewritesTable: Bool
  /// Whether the statement reads the whole table.
  public var scansTable: Bool
  /// Whether the statement takes all rows out of the table for sure.
  public var emptiesTable: Bool

  /// Makes a forecast from its parts.
  public init(
    mode: LockMode, relation: ObjectIdentity, rewritesTable: Bool = false, scansTable: Bool = false,
    emptiesTable: Bool = false
  ) {
    self.mode = mode
    self.relation = relation
    self.rewritesTable = rewritesTable
    self.scansTable = scansTable
    self.emptiesTable = emptiesTable
  }
}

/// The table-level lock modes, weakest first (PostgreSQL documentation, 13.3.1).
public enum LockMode: Int, Sendable, Hashable, Comparable, CaseIterable, CustomStringConvertible {
  case accessShare = 1
  case rowShare
  case rowExclusive
  case shareUpdateExclusive
  case share
  case shareRowExclusive
  case exclusive
  case accessExclusive

  /// The mode as PostgreSQL writes it in SQL (`ACCESS EXCLUSIVE`).
  public var description: String {
    switch self {
    case .accessShare: "ACCESS SHARE"
    case .rowShare: "ROW SHARE"
    case .rowExclusive: "ROW EXCLUSIVE"
    case .shareUpdateExclusive: "SHARE UPDATE EXCLUSIVE"
    case .share: "SHARE"
    case .shareRowExclusive: "SHARE ROW EXCLUSIVE"
    case .exclusive: "EXCLUSIVE"
    case .accessExclusive: "ACCESS EXCLUSIVE"
    }
  }

  /// Orders by strength.
  public static func < (left: LockMode, right: LockMode) -> Bool { left.rawValue < right.rawValue }
}
