import Schema

/// Tables that refer to each other in every way: to several, over layers, to themselves, one to one, in a circle, to the
/// host's, and not at all.
enum DiagramFixture {
  static let catalog = Snapshot(
    database: "postgres", platformSchemas: ["auth"],
    objects: [
      table(
        "users", ["id uuid", "email text", "manager_id uuid?"],
        references: ["manager_id users", "id auth.users"]),
      table(
        "organizations", ["id uuid", "owner_id uuid", "main_workflow_id uuid?"],
        references: ["owner_id users", "main_workflow_id workflows"]),
      table(
        "organization_members", ["organization_id uuid", "user_id uuid", "role text"],
        key: ["organization_id", "user_id"], references: ["organization_id organizations", "user_id users"]),
      table(
        "workflows", ["id uuid", "user_id uuid", "organization_id uuid?", "name text", "definition jsonb"],
        references: ["user_id users", "organization_id organizations"]),
      table(
        "workflow_versions", ["id uuid", "workflow_id uuid", "version integer"],
        references: ["workflow_id workflows"]),
      table(
        "workflow_executions", ["id bigint", "workflow_id uuid", "started_by uuid?", "status text"],
        references: ["workflow_id workflows", "started_by users"]),
      table(
        "privacy_preferences", ["user_id uuid", "telemetry_enabled boolean"], key: ["user_id"],
        references: ["user_id users"]),
      table("feature_flags", ["key text", "is_enabled boolean"], key: ["key"], references: []),
      table("offers", ["code text", "price integer"], key: ["code"], references: []),
    ].joined())

  /// A table of words: columns as `name type` with `?` where they may be NULL, foreign keys as `column table`.
  private static func table(
    _ name: String, _ columns: [String], key: [String] = ["id"], references: [String]
  ) -> [SchemaObject] {
    let table = ObjectIdentity.table("public", name)
    var objects = [SchemaObject(identity: table, detail: .relation(RelationDetail(bytes: 8_192)))]
    for (place, column) in columns.enumerated() {
      let words = column.split(separator: " ").map(String.init)
      let isNullable = words[1].hasSuffix("?")
      objects.append(
        SchemaObject(
          identity: .column("public", name, words[0]),
          detail: .column(
            ColumnDetail(
              position: place + 1, type: isNullable ? String(words[1].dropLast()) : words[1],
              isNullable: isNullable))))
    }
    objects.append(
      SchemaObject(
        identity: .constraint("public", name, "\(name)_pkey"),
        detail: .constraint(ConstraintDetail(kind: .primaryKey, columns: key))))
    for reference in references {
      let words = reference.split(separator: " ").map(String.init)
      let target = words[1].split(separator: ".").map(String.init)
      objects.append(
        SchemaObject(
          identity: .constraint("public", name, "\(name)_\(words[0])_fkey"),
          detail: .constraint(
            ConstraintDetail(
              kind: .foreignKey, columns: [words[0]],
              referencedTable: .table(target.count > 1 ? target[0] : "public", target[target.count - 1]),
              referencedColumns: ["id"]))))
    }
    return objects
  }
}
