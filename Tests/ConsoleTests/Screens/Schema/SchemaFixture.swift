import Display
import Migrations
import Schema
import Script

@testable import Console

/// A small database with one of each, and the project that made most of it.
enum SchemaFixture {
  static let telemetry = ObjectIdentity.table("public", "telemetry")

  /// A console on the Schema screen.
  static func session(
    columns: Int = 120, rows: Int = 36, catalog: Snapshot = catalog,
    options: ConsoleOptions = ConsoleOptions(target: "staging")
  ) -> Session {
    var session = Session(columns: columns, rows: rows, options: options)
    session.post(
      .projectLoaded(project, RequirementGraph(nodes: project.migrations.map(\.id), requirements: [])))
    session.post(.connected(HelixFixture.server))
    session.post(
      .statusesLoaded(
        [
          MigrationStatus(id: "001_initial_schema", state: .applied),
          MigrationStatus(id: "002_telemetry_policies", state: .applied),
          MigrationStatus(id: "003_owner_column", state: .pending),
        ], findings: [], catalog: catalog))
    session.press(.character("2"))
    return session
  }

  static let project = Project(
    name: "helix", root: "migrations", layout: .flat, platform: .supabase,
    migrations: [
      migration(
        "001_initial_schema",
        [
          .table("public", "instances"), telemetry, .column("public", "telemetry", "id"),
          .column("public", "telemetry", "instance_id"), .column("public", "telemetry", "payload"),
          .function("public", "touch_updated_at", ""), ObjectIdentity(.type, schema: "public", name: "tier"),
          ObjectIdentity(.view, schema: "public", name: "recent_telemetry"),
        ]),
      migration(
        "002_telemetry_policies",
        [
          .policy("public", "telemetry", "Users can select own telemetry"),
          .rowSecurity("public", "telemetry"),
        ],
        altering: [telemetry]),
      migration("003_owner_column", [.column("public", "telemetry", "user_id")], altering: [telemetry]),
    ])

  static let catalog = Snapshot(
    database: "postgres", platformSchemas: ["auth"],
    objects: tables + parts + others
      + ["anon", "authenticated"].flatMap { role in
        ["SELECT", "INSERT"].map { SchemaObject(identity: .grant($0, to: role, on: telemetry)) }
      })

  private static let tables = [
    SchemaObject(
      identity: telemetry,
      detail: .relation(RelationDetail(estimatedRows: 1_234_567, bytes: 138_412_032)), owner: "postgres",
      comment: "What happened, sent by the instances"),
    SchemaObject(
      identity: .table("public", "instances"),
      detail: .relation(RelationDetail(estimatedRows: 812, bytes: 98_304)), owner: "postgres"),
    SchemaObject(
      identity: .table("public", "scratch_of_last_tuesday"), definition: "UNLOGGED",
      detail: .relation(RelationDetail(bytes: 8_192)), owner: "postgres"),
    SchemaObject(
      identity: .table("auth", "users"), detail: .relation(RelationDetail(estimatedRows: 90, bytes: 65_536)),
      owner: "supabase_auth_admin"),
  ]

  private static let parts: [SchemaObject] = [
    column("id", "bigint", nullable: false, identity: "a", position: 1),
    column("instance_id", "uuid", nullable: false, position: 2),
    column("payload", "jsonb", nullable: false, defaultExpression: "'{}'::jsonb", position: 3),
    column("user_id", "uuid", nullable: true, position: 4, comment: "Who sent it"),
    SchemaObject(
      identity: .constraint("public", "telemetry", "telemetry_pkey"), definition: "PRIMARY KEY (id)",
      detail: .constraint(ConstraintDetail(kind: .primaryKey, columns: ["id"]))),
    SchemaObject(
      identity: .constraint("public", "telemetry", "telemetry_instance_id_fkey"),
      definition: "FOREIGN KEY (instance_id) REFERENCES public.instances(id) ON DELETE CASCADE NOT VALID",
      detail: .constraint(
        ConstraintDetail(
          kind: .foreignKey, isValidated: false, columns: ["instance_id"],
          referencedTable: .table("public", "instances"), referencedColumns: ["id"]))),
    SchemaObject(
      identity: .index("public", "telemetry_pkey"),
      definition: "CREATE UNIQUE INDEX telemetry_pkey ON public.telemetry USING btree (id)",
      detail: .index(
        IndexDetail(
          table: telemetry, isUnique: true, isPrimary: true, isValid: true, constraint: "telemetry_pkey",
          keys: ["id"], bytes: 27_262_976, scans: 48_213))),
    SchemaObject(
      identity: .index("public", "idx_telemetry_user_id"),
      definition: "CREATE INDEX idx_telemetry_user_id ON public.telemetry USING btree (user_id)",
      detail: .index(
        IndexDetail(
          table: telemetry, isUnique: false, isPrimary: false, isValid: false, keys: ["user_id"], bytes: 8_192
        ))),
    SchemaObject(identity: .rowSecurity("public", "telemetry")),
    SchemaObject(
      identity: .policy("public", "telemetry", "Users can select own telemetry"),
      detail: .policy(
        PolicyDetail(command: "SELECT", roles: ["authenticated"], using: "(auth.uid() = user_id)"))),
    SchemaObject(
      identity: .trigger("public", "telemetry", "telemetry_touch"),
      definition:
        "CREATE TRIGGER telemetry_touch BEFORE UPDATE ON public.telemetry FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at() [DISABLED]",
      detail: .trigger(
        TriggerDetail(function: .function("public", "touch_updated_at", ""), enabled: "D"))),
  ]

  private static let others = [
    SchemaObject(
      identity: .function("public", "touch_updated_at", ""),
      definition:
        "CREATE OR REPLACE FUNCTION public.touch_updated_at()\n RETURNS trigger\n LANGUAGE plpgsql\n SECURITY DEFINER\nAS $function$\nBEGIN\n  NEW.updated_at = now();\n  RETURN NEW;\nEND;\n$function$\n",
      detail: .function(FunctionDetail(result: "trigger", language: "plpgsql", isSecurityDefiner: true)),
      owner: "postgres"),
    SchemaObject(
      identity: .function("auth", "uid", ""),
      detail: .function(FunctionDetail(result: "uuid", language: "sql", volatility: "s")), owner: "postgres"),
    SchemaObject(
      identity: ObjectIdentity(.view, schema: "public", name: "recent_telemetry"),
      definition: "WITH (security_invoker=true) AS\n SELECT id\n   FROM public.telemetry;",
      detail: .relation(RelationDetail(isSecurityInvoker: true)), owner: "postgres"),
    SchemaObject(
      identity: ObjectIdentity(.type, schema: "public", name: "tier"), definition: "ENUM ('free', 'pro')",
      owner: "postgres"),
    SchemaObject(identity: ObjectIdentity(.schema, name: "public"), owner: "pg_database_owner"),
    SchemaObject(
      identity: ObjectIdentity(.extension, name: "plpgsql"), definition: "SCHEMA pg_catalog VERSION 1.0"),
  ]

  private static func column(
    _ name: String, _ type: String, nullable: Bool, defaultExpression: String? = nil, identity: String? = nil,
    position: Int, comment: String? = nil
  ) -> SchemaObject {
    var definition = type
    if !nullable { definition += " NOT NULL" }
    if let defaultExpression { definition += " DEFAULT \(defaultExpression)" }
    if identity != nil { definition += " GENERATED ALWAYS AS IDENTITY" }
    return SchemaObject(
      identity: .column("public", "telemetry", name), definition: definition,
      detail: .column(
        ColumnDetail(
          position: position, type: type, isNullable: nullable, defaultExpression: defaultExpression,
          identity: identity)), comment: comment)
  }

  private static func migration(
    _ id: MigrationID, _ made: [ObjectIdentity], altering: [ObjectIdentity] = []
  ) -> Migration {
    let text = "-- made up\n"
    return Migration(
      id: id, version: String(id.rawValue.prefix(3)), name: String(id.rawValue.dropFirst(4)),
      file: "\(id).sql", place: .active,
      script: ParsedScript(statements: [
        Statement(
          index: 0, text: text, byteRange: 0..<text.utf8.count, position: SourcePosition(line: 7, column: 1),
          tag: "CREATE TABLE",
          effects: made.map { Effect(.creates, $0) } + altering.map { Effect(.alters, $0) })
      ]))
  }
}
