import Schema
import Script

extension Project {
  /// The schemas in which the sessions of a target look up the unqualified names of this project's files, where these are
  /// others than the files were read for; nil if they are the same.
  ///
  /// What the project file says is what sessions are set to. Without it they are as the server, the database or the role has
  /// them (`ALTER DATABASE … SET search_path`). What counts is the first schema that is there: there objects are made.
  ///
  /// - Parameters:
  ///   - setting: the session's `search_path`, as the server writes it.
  ///   - isThere: whether the target has a schema.
  public func otherSearchPath(ofSession setting: String, isThere: (String) -> Bool) -> [String]? {
    let usual = platform.searchPath
    guard searchPath == nil else { return nil }
    let named = SessionSetting.schemas(ofSearchPath: setting)
    guard named.first != usual.first else { return nil }
    let schemas = named.filter { usual.contains($0) || isThere($0) || makes(schema: $0) }
    return schemas.isEmpty || schemas.first == usual.first ? nil : schemas
  }

  private func makes(schema: String) -> Bool {
    let object = ObjectIdentity(.schema, name: schema)
    return migrations.contains { migration in
      migration.script.statements.contains { statement in
        statement.effects.contains { $0.action == .creates && $0.object == object }
      }
    }
  }
}
