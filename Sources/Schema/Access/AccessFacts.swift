/// What decides who may do what: roles, memberships, privileges, and how views reach their tables.
///
/// Unlike the grants among a snapshot's objects, which are what a project gave away, these are the privileges *in
/// effect*: the owner's own, those that hold by default, and those in the host's schemas are among them.
public struct AccessFacts: Sendable, Hashable {
  /// The roles of the server, by name.
  public var roles: [String: Role]
  /// Which role is a member of which.
  public var memberships: Set<Membership>
  /// The privileges in effect, by object; a column's are those given on the column alone.
  public var privileges: [ObjectIdentity: [Privilege]]
  /// What the catalog says of views beyond ``RelationDetail``.
  public var views: [ObjectIdentity: View]
  /// The role that owns the database, and so is a member of `pg_database_owner`.
  public var databaseOwner: String?

  /// Makes facts from their parts.
  public init(
    roles: [Role] = [], memberships: Set<Membership> = [], privileges: [ObjectIdentity: [Privilege]] = [:],
    views: [ObjectIdentity: View] = [:], databaseOwner: String? = nil
  ) {
    self.roles = Dictionary(roles.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    self.memberships = memberships
    self.privileges = privileges
    self.views = views
    self.databaseOwner = databaseOwner
  }

  /// A role with the attributes that decide about access.
  public struct Role: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Whether no check applies to it.
    public var isSuperuser: Bool
    /// Whether row security does not apply to it (`BYPASSRLS`).
    public var bypassesRowSecurity: Bool
    /// Whether it may start a session.
    public var canLogIn: Bool

    /// Makes a role from its parts.
    public init(
      _ name: String, isSuperuser: Bool = false, bypassesRowSecurity: Bool = false, canLogIn: Bool = false
    ) {
      self.name = name
      self.isSuperuser = isSuperuser
      self.bypassesRowSecurity = bypassesRowSecurity
      self.canLogIn = canLogIn
    }
  }

  /// The membership of a role in another.
  public struct Membership: Sendable, Hashable {
    /// The role that was granted.
    public var role: String
    /// The role that has become a member of it.
    public var member: String
    /// Whether the member has the role's privileges without `SET ROLE`.
    ///
    /// An option of the membership since PostgreSQL 16, before it the member's attribute `INHERIT`.
    public var isInherited: Bool
    /// Whether the member may become the role with `SET ROLE`; an option of the membership since PostgreSQL 16.
    public var canBeSet: Bool

    /// Makes a membership from its parts.
    public init(role: String, member: String, isInherited: Bool = true, canBeSet: Bool = true) {
      self.role = role
      self.member = member
      self.isInherited = isInherited
      self.canBeSet = canBeSet
    }
  }

  /// One privilege that a role, or everyone, has on an object.
  public struct Privilege: Sendable, Hashable {
    /// Who has it; ``AccessFacts/everyone`` stands for PUBLIC.
    public var grantee: String
    /// The privilege (`SELECT`).
    public var name: String

    /// Makes a privilege from its parts.
    public init(_ name: String, to grantee: String) {
      self.grantee = grantee
      self.name = name
    }
  }

  /// A view, as far as access is concerned.
  public struct View: Sendable, Hashable {
    /// The relations that its query reads.
    public var reads: [ObjectIdentity]
    /// The columns of these that it names.
    public var readColumns: Set<ObjectIdentity>
    /// The commands that the server can carry over to the table beneath, without triggers or rules of the view.
    public var updatableCommands: Set<String>
    /// The commands that are possible in any way, triggers and rules included.
    public var possibleCommands: Set<String>
    /// Whether the view's conditions are tested before those of who asks (`security_barrier`).
    public var isSecurityBarrier: Bool
    /// Whether rows that come in through the view must meet its condition (`WITH CHECK OPTION`).
    public var checksOption: Bool

    /// Makes a view from its parts.
    public init(
      reads: [ObjectIdentity], readColumns: Set<ObjectIdentity> = [], updatableCommands: Set<String> = [],
      possibleCommands: Set<String> = [], isSecurityBarrier: Bool = false, checksOption: Bool = false
    ) {
      self.reads = reads
      self.readColumns = readColumns
      self.updatableCommands = updatableCommands
      self.possibleCommands = possibleCommands
      self.isSecurityBarrier = isSecurityBarrier
      self.checksOption = checksOption
    }
  }

  /// The name that stands for everyone; PostgreSQL keeps it free.
  public static let everyone = "public"
}
