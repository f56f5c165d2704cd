import Schema

/// What `ALTER DEFAULT PRIVILEGES` in the files may have decided about rights on objects that are made later.
///
/// Whose objects it is about is left open: nobody knows who runs the files.
struct StatedDefaults {
  /// The privileges, each with the statement that is the first to name it.
  private var privileges: [ObjectIdentity: StatementPlacement] = [:]

  /// Notes a privilege that a statement gives or takes by default.
  mutating func note(_ privilege: ObjectIdentity, at place: StatementPlacement) {
    guard privilege.kind == .defaultPrivilege else { return }
    var ofAnybody = privilege
    ofAnybody.parent = nil
    privileges[ofAnybody] = privileges[ofAnybody] ?? place
  }

  /// Notes the new name of a role, beside the old one: what was made before has its rights under either.
  mutating func rename(role old: String, to new: String) {
    privileges.merge(privileges.map { ($0.naming(role: old, as: new), $1) }) { first, _ in first }
  }

  /// Whether a right may come, or stay away, with the object that it is on.
  ///
  /// What was made before anything was said of the right by default is as it was (PostgreSQL documentation, `ALTER DEFAULT
  /// PRIVILEGES`); `made` is the statement that made it, nil if that is not known.
  func mayDecide(_ grant: ObjectIdentity, onWhatWasMadeAt made: StatementPlacement? = nil) -> Bool {
    guard !privileges.isEmpty, grant.kind == .grant, let words = Self.words[grant.parent ?? ""] else {
      return false
    }
    return [grant.schema, nil].contains { schema in
      let privilege = ObjectIdentity(
        .defaultPrivilege, schema: schema, name: words, signature: grant.signature)
      guard let stated = privileges[privilege] else { return false }
      return made.map { !$0.comesBefore(stated) } ?? true
    }
  }

  /// What `ALTER DEFAULT PRIVILEGES` calls the kinds of object that a grant names.
  private static let words: [String: String] = [
    ObjectKind.table.rawValue: "tables", ObjectKind.sequence.rawValue: "sequences",
    ObjectKind.function.rawValue: "functions", ObjectKind.type.rawValue: "types",
    ObjectKind.domain.rawValue: "types", ObjectKind.schema.rawValue: "schemas",
  ]
}
