import Schema

/// Who asks: a session in one role, and the role whose rights count, which a view changes for what it reads.
///
/// The session's role is what `CURRENT_USER`, `auth.role()` and EXECUTE on functions go by, in views as elsewhere; the
/// privileges on tables and the policies that apply go by the role whose rights count (CREATE VIEW, Notes).
struct AccessAsker: Sendable, Hashable {
  /// The role of the session.
  let session: String
  /// The role whose rights count.
  var role: String
  /// The relations whose policies are being read, so that a circle ends.
  var reading: [ObjectIdentity] = []

  /// A role that asks for itself.
  init(_ role: String) {
    session = role
    self.role = role
  }

  /// The same session with the rights of another role.
  func with(rightsOf role: String) -> AccessAsker {
    var copy = self
    copy.role = role
    return copy
  }

  /// The same asker while the policies of a relation are read.
  func inside(_ relation: ObjectIdentity) -> AccessAsker {
    var copy = self
    copy.reading.append(relation.relationName)
    return copy
  }
}
