public import Schema

/// What a probe does: the rows that it makes, and what it then tries as which role.
public struct ProbePlan: Sendable {
  /// The rows to make, in order.
  public var seeds: [Seed]
  /// What is tried, each by itself.
  public var trials: [Trial]
  /// What cannot be tried, and why.
  public var omissions: [Omission]

  /// A row to make.
  public struct Seed: Sendable, Hashable {
    /// The table.
    public var table: ObjectIdentity
    /// For which user.
    public var user: ProbeUser
    /// The INSERT.
    public var statement: RoleStatement
  }

  /// One command on one row.
  public struct Trial: Sendable, Hashable {
    /// The table, or whatever it is.
    public var table: ObjectIdentity
    /// What it needs to be told of a row: whether it is there at all (nil), or what a command does to it.
    public var command: AccessCommand?
    /// Who tries; the session itself for ``command`` nil.
    public var role: String
    /// Whose row it is.
    public var user: ProbeUser
    /// The row, as a condition; without a row, what the answer rests on.
    public var row: String
    /// How it is found out.
    public var means = Means.row
    /// Whether row security never applies to the role, so that another's row is no leak.
    public var bypassesRowSecurity = false
    /// What is run.
    public var statement: RoleStatement
  }

  /// How it is found out whether a command is allowed.
  public enum Means: Sendable, Hashable {
    /// By whether it reaches a row.
    case row
    /// By using what has no rows, such as calling a function: anything but a refusal is an answer.
    case use
    /// By asking the server what the role may; nothing is done.
    case question
  }

  /// What cannot be tried.
  public struct Omission: Sendable, Hashable {
    /// The table.
    public var table: ObjectIdentity
    /// The command, or nil for all.
    public var command: AccessCommand?
    /// The role, or nil for all.
    public var role: String?
    /// Why.
    public var reason: String
  }
}
