/// A statement to be run as a role, with settings that last as long as the statement.
public struct RoleStatement: Sendable, Hashable {
  /// The role to become, or nil to stay who the session is.
  public var role: String?
  /// Settings to make first (`request.jwt.claims`), in order.
  public var settings: [Setting]
  /// A statement that the session itself runs before it becomes the role.
  public var preparation: String?
  /// The statement.
  public var sql: String

  /// Makes a statement from its parts.
  public init(_ sql: String, role: String? = nil, settings: [Setting] = [], preparation: String? = nil) {
    self.preparation = preparation
    self.role = role
    self.settings = settings
    self.sql = sql
  }

  /// One setting of the session.
  public struct Setting: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Its value.
    public var value: String

    /// Makes a setting from its parts.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What came of a statement.
  public enum Outcome: Sendable, Hashable {
    /// It ran, and this many rows were read or changed.
    case rows(Int)
    /// The server refused it.
    case failure(Failure)
    /// It was not tried: the preparation failed, the role could not be taken on, or a setting not made.
    case untried(Failure)
  }

  /// A server's refusal, as far as it tells what stood in the way.
  public struct Failure: Sendable, Hashable {
    /// The SQLSTATE (`42501`).
    public var sqlState: String
    /// The message, in the server's language.
    public var message: String
    /// The server's own function that refused, which is the same in every language (`ExecWithCheckOptions`).
    public var routine: String?
    /// In which function or trigger it happened, if in one.
    public var context: String?

    /// Makes a failure from its parts.
    public init(sqlState: String, message: String, routine: String? = nil, context: String? = nil) {
      self.sqlState = sqlState
      self.message = message
      self.routine = routine
      self.context = context
    }
  }
}
