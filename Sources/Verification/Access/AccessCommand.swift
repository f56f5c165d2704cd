/// What a role may do with an object, by the privilege that it takes (PostgreSQL documentation, 5.8 Privileges).
public enum AccessCommand: String, Sendable, Hashable, CaseIterable, Codable {
  case select = "SELECT"
  case insert = "INSERT"
  case update = "UPDATE"
  case delete = "DELETE"
  /// Calling a function or procedure.
  case execute = "EXECUTE"
  /// Naming what is in a schema, or taking numbers from a sequence.
  case usage = "USAGE"

  /// The commands on the rows of tables and views.
  public static let onRows: [AccessCommand] = [.select, .insert, .update, .delete]
}

/// What comes of a command, in one word.
public enum AccessValue: String, Sendable, Hashable, CaseIterable, Codable {
  /// Every row; for what has no rows, the command is allowed.
  case all
  /// Rows that belong to who asks, by policy.
  case own
  /// Rows that a policy admits by something other than who asks, or for reasons that only the database can weigh.
  case some
  /// No privilege: the server refuses the command.
  case noGrant = "no grant"
  /// A privilege, but no policy that admits a row.
  case noPolicy = "no policy"
  /// Every row although row security is on: it does not apply to this role.
  case bypass
  /// The command fails before it reaches a row: a policy recurses, or calls what the role may not use.
  case error
  /// The command does not exist for the object, such as INSERT into a view that joins.
  case impossible

  /// The value in the words of the legend.
  public var explanation: String {
    switch self {
    case .all: "all rows"
    case .own: "own rows (by policy)"
    case .some: "some rows (by policy)"
    case .noGrant: "none (no grant)"
    case .noPolicy: "none (no policy)"
    case .bypass: "all rows (bypasses row security)"
    case .error: "fails (a policy cannot be evaluated)"
    case .impossible: "not possible"
    }
  }

  /// The value in words that fit a command: what has no rows is allowed or not.
  public func explanation(for command: AccessCommand) -> String {
    switch (self, command) {
    case (.all, .execute), (.all, .usage): "allowed"
    case (.noGrant, .execute), (.noGrant, .usage): "refused (no grant)"
    default: explanation
    }
  }
}
