/// Something in a target's history that does not agree with the files or the catalog, and what settles it.
public struct Repair: Sendable, Hashable {
  /// The migration whose row it is.
  public var id: MigrationID
  /// What is inconsistent.
  public var problem: Problem
  /// What settles it.
  public var action: Action
  /// Why this action, or what the operator can do where there is none.
  public var reason: String
  /// Whether the catalog speaks against the action, so that it is done only if the operator insists.
  public var isContradicted: Bool

  /// Makes a repair from its parts.
  public init(
    id: MigrationID, problem: Problem, action: Action, reason: String, isContradicted: Bool = false
  ) {
    self.id = id
    self.problem = problem
    self.action = action
    self.reason = reason
    self.isContradicted = isContradicted
  }

  /// What can be inconsistent.
  public enum Problem: String, Sendable, Hashable, Codable {
    /// The file is not the one that ran.
    case changed
    /// The history has it, the project has no such file.
    case missing
    /// It began outside a transaction and nobody saw its end.
    case interrupted
    /// It failed and left something behind.
    case failed
    /// The history says that it is in, and the catalog does not.
    case contradicted
  }

  /// What can be done about it.
  public enum Action: Sendable, Hashable {
    /// Record the file as it is now: its checksum and its statements.
    case realign
    /// Record how the migration stands.
    case settle(HistoryEntry.State, statementsDone: Int)
    /// Delete the row.
    case remove
    /// Nothing: the history cannot settle this.
    case nothing

    /// One word for it: `realign`, `applied`, `failed`, `retired`, …, `remove`, `nothing`.
    public var word: String {
      switch self {
      case .realign: "realign"
      case .settle(let state, _): state.rawValue
      case .remove: "remove"
      case .nothing: "nothing"
      }
    }
  }
}
