public import Schema

/// What a role should reach of an object.
public struct AccessExpectation: Sendable, Hashable {
  /// The object; a name without argument types stands for a relation, else for every function of that name.
  public var object: ObjectIdentity
  /// The role; `owner` stands for the object's own owner.
  public var role: String
  /// The command (`SELECT`, `EXECUTE`); nil for all commands that the object knows: the first gives just this, and no
  /// other gives more.
  public var command: String?
  /// How much of it.
  public var reach: Reach

  /// Makes an expectation from its parts.
  public init(_ object: ObjectIdentity, role: String, command: String? = nil, reach: Reach) {
    self.object = object
    self.role = role
    self.command = command
    self.reach = reach
  }

  /// How much of an object a role reaches, in the words of a project file.
  public enum Reach: String, Sendable, Hashable, CaseIterable, Codable {
    /// Every row, whether by policy or because row security does not apply.
    case all
    /// The rows that belong to who asks.
    case own
    /// Rows that a policy picks by something else.
    case some
    /// Nothing: no privilege, or no policy that admits a row.
    case none
    /// Every row, because row security is on and does not apply to the role.
    case bypass
    /// A function may be called.
    case execute
  }

  /// The commands that a project file can name.
  public static let commands = ["SELECT", "INSERT", "UPDATE", "DELETE", "EXECUTE"]
}
