import Schema

/// What has become of some of a database's objects, and of who may do what with them.
struct AccessDelta {
  /// Objects as they are now; nil for what is gone.
  var objects: [(identity: ObjectIdentity, object: SchemaObject?)] = []
  /// Privileges in effect as they are now; nil where there are none any more.
  var privileges: [(object: ObjectIdentity, held: [AccessFacts.Privilege]?)] = []
  /// What is known of views now; nil for what is gone.
  var views: [(view: ObjectIdentity, facts: AccessFacts.View?)] = []
  /// The roles and memberships, if any of them has changed.
  var membership: Membership?

  /// Who there is, and who is a member of whom.
  struct Membership {
    var roles: [String: AccessFacts.Role]
    var memberships: Set<AccessFacts.Membership>
  }
}
