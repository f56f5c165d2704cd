import Schema

/// What `ALTER DEFAULT PRIVILEGES` in the files may have decided about rights on objects that are made later.
///
/// Whose objects it is about is left open: nobody knows who runs the files.
struct StatedDefaults {
  private var privileges: Set<ObjectIdentity> = []

  /// Notes a privilege that the files give or take by default.
  mutating func note(_ privilege: ObjectIdentity) {
    guard privilege.kind == .defaultPrivilege else { return }
    var ofAnybody = privilege
    ofAnybody.parent = nil
    privileges.insert(ofAnybody)
  }

  /// Notes the new name of a role, beside the old one: what was made before has its rights under either.
  mutating func rename(role old: String, to new: String) {
    privileges.formUnion(privileges.map { $0.naming(role: old, as: new) })
  }

  /// Whether a right may come, or stay away, with the object that it is on.
  func mayDecide(_ grant: ObjectIdentity) -> Bool {
    guard !privileges.isEmpty, grant.kind == .grant, let words = Self.words[grant.parent ?? ""] else {
      return false
    }
    return [grant.schema, nil].contains { schema in
      privileges.contains(
        ObjectIdentity(.defaultPrivilege, schema: schema, name: words, signature: grant.signature))
    }
  }

  /// What `ALTER DEFAULT PRIVILEGES` calls the kinds of object that a grant names.
  private static let words: [String: String] = [
    ObjectKind.table.rawValue: "tables", ObjectKind.sequence.rawValue: "sequences",
    ObjectKind.function.rawValue: "functions", ObjectKind.type.rawValue: "types",
    ObjectKind.domain.rawValue: "types", ObjectKind.schema.rawValue: "schemas",
  ]
}
