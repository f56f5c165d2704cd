public import Schema

/// What a role can do with an object by one command, and why.
public struct AccessCell: Sendable, Hashable {
  /// What comes of it.
  public var value: AccessValue
  /// Why, in the order in which the server decides.
  public var reasons: [AccessReason]
  /// The columns that the privilege is limited to, or nil for all.
  public var columns: [String]?
  /// Whether the rows must also meet conditions that are not about whose they are, so that there may be none.
  public var hasFurtherConditions: Bool

  /// Makes a cell from its parts.
  public init(
    _ value: AccessValue, because reasons: [AccessReason], columns: [String]? = nil,
    hasFurtherConditions: Bool = false
  ) {
    self.hasFurtherConditions = hasFurtherConditions
    self.value = value
    self.reasons = reasons
    self.columns = columns
  }
}

/// One step of what decides about access.
public struct AccessReason: Sendable, Hashable {
  /// What kind of step it is.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// Whether the role has the privilege, and through what.
    case privilege
    /// Whether row security applies.
    case rowSecurity = "row security"
    /// A policy that applies.
    case policy
    /// With whose rights a view or function works.
    case rights
    /// Something that makes the command fail.
    case obstacle
    /// What is worth knowing beside the value.
    case note
  }

  /// What kind of step it is.
  public var kind: Kind
  /// The step in one sentence.
  public var text: String
  /// The object that it is about: the policy to look at, the table beneath a view.
  public var object: ObjectIdentity?
  /// The privilege without which the command fails, where that is the obstacle.
  public var missing: Missing?

  /// Makes a reason from its parts.
  public init(_ kind: Kind, _ text: String, object: ObjectIdentity? = nil, missing: Missing? = nil) {
    self.kind = kind
    self.text = text
    self.object = object
    self.missing = missing
  }

  /// A privilege that a role does not have.
  public struct Missing: Sendable, Hashable {
    /// The privilege (`EXECUTE`).
    public var privilege: String
    /// What it would be on.
    public var object: ObjectIdentity
    /// Who lacks it.
    public var role: String

    /// Makes it from its parts.
    public init(_ privilege: String, on object: ObjectIdentity, for role: String) {
      self.privilege = privilege
      self.object = object
      self.role = role
    }
  }
}
