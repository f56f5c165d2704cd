import Catalog
import Postgres
import Schema
import TestServer
import Testing

@Suite("Snapshot")
struct SnapshotTests {
  private func withExample(
    _ scope: SnapshotScope = .everything, _ body: (Snapshot) throws -> Void
  ) async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.execute(Example.sql(version: connection.server.version))
      try body(try await CatalogReader(connection).snapshot(scope))
      await connection.close()
    }
  }

  private func definition(_ identity: ObjectIdentity, in snapshot: Snapshot) -> String? {
    snapshot[identity]?.definition
  }

  @Test("tables are defined by what is not a column: storage, partitions, options")
  func tables() async throws {
    try await withExample { snapshot in
      #expect(definition(.table("public", "telemetry"), in: snapshot) == "")
      #expect(definition(.table("public", "scratch"), in: snapshot) == "UNLOGGED WITH (fillfactor=70)")
      #expect(definition(.table("public", "part"), in: snapshot) == "PARTITION BY RANGE (at)")
      #expect(
        definition(.table("public", "part_1"), in: snapshot)
          == "PARTITION OF public.part FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')")
      guard case .relation(let detail) = snapshot[.table("public", "part_1")]?.detail else {
        Issue.record("a table without its detail")
        return
      }
      #expect(detail.parent == .table("public", "part"))
      #expect(detail.estimatedRows == nil)
      #expect(detail.bytes > 0)
      #expect(snapshot.contains(.table("Odd \"Schema\"", "T,{}'\\")))
    }
  }

  @Test("columns have type, nullability, default, identity and generation")
  func columns() async throws {
    try await withExample { snapshot in
      func column(_ name: String) -> String? {
        definition(.column("public", "telemetry", name), in: snapshot)
      }
      #expect(column("id") == "bigint NOT NULL DEFAULT nextval('public.telemetry_id_seq'::regclass)")
      #expect(column("n") == "integer NOT NULL GENERATED ALWAYS AS IDENTITY")
      #expect(column("m") == "public.mood NOT NULL DEFAULT 'sad'::public.mood")
      #expect(column("amount") == "numeric(10,2)")
      #expect(column("twice") == "numeric GENERATED ALWAYS AS ((amount * (2)::numeric)) STORED")
      #expect(column("name") == "character varying(50) COLLATE pg_catalog.\"C\"")
      guard case .column(let detail) = snapshot[.column("public", "telemetry", "twice")]?.detail else {
        Issue.record("a column without its detail")
        return
      }
      #expect(detail.isGenerated)
      #expect(detail.position == 7)
      #expect(snapshot.contains(.column("public", "active", "m")), "views have columns as well")
      #expect(snapshot.contains(.column("Odd \"Schema\"", "T,{}'\\", "C\\c")))
    }
  }

  @Test("sequences know the column that they number")
  func sequences() async throws {
    try await withExample { snapshot in
      let serial = try #require(
        snapshot[ObjectIdentity(.sequence, schema: "public", name: "telemetry_id_seq")])
      let identity = try #require(
        snapshot[ObjectIdentity(.sequence, schema: "public", name: "telemetry_n_seq")])
      #expect(serial.detail == .sequence(SequenceDetail(ownedBy: .column("public", "telemetry", "id"))))
      #expect(
        identity.detail
          == .sequence(SequenceDetail(ownedBy: .column("public", "telemetry", "n"), isIdentity: true)))
    }
  }

  @Test("indexes have their keys, and the constraint that owns them")
  func indexes() async throws {
    try await withExample { snapshot in
      guard case .index(let expression) = snapshot[.index("public", "idx_expr")]?.detail,
        case .index(let key) = snapshot[.index("public", "telemetry_pkey")]?.detail
      else {
        Issue.record("an index without its detail")
        return
      }
      #expect(expression.keys == ["lower((name)::text)", "at"])
      #expect(expression.table == .table("public", "telemetry"))
      #expect(!expression.isUnique && expression.isValid && expression.constraint == nil)
      #expect(key.isPrimary && key.isUnique && key.constraint == "telemetry_pkey")
      #expect(
        definition(.index("public", "idx_expr"), in: snapshot)
          == "CREATE INDEX idx_expr ON public.telemetry USING btree (lower((name)::text), at DESC) INCLUDE (n) "
          + "WHERE (amount > (1)::numeric)")
    }
  }

  @Test(
    "constraints are the same on all versions: NOT NULL is none, a foreign key to a partitioned table is one")
  func constraints() async throws {
    try await withExample { snapshot in
      func names(_ table: String) -> [String] {
        snapshot.objects(of: .constraint).map(\.identity).filter { $0.parent == table }.map(\.name)
      }
      #expect(
        names("telemetry") == [
          "late", "telemetry_amount_check", "telemetry_name_key", "telemetry_pkey", "telemetry_user_id_fkey",
        ])
      #expect(names("refers") == ["refers_at_fkey"])
      guard
        case .constraint(let detail) = snapshot[.constraint("public", "telemetry", "telemetry_user_id_fkey")]?
          .detail,
        case .constraint(let late) = snapshot[.constraint("public", "telemetry", "late")]?.detail
      else {
        Issue.record("a constraint without its detail")
        return
      }
      #expect(detail.kind == .foreignKey && detail.columns == ["user_id"])
      #expect(detail.referencedTable == .table("auth", "users") && detail.referencedColumns == ["id"])
      #expect(!late.isValidated)
    }
  }

  @Test("functions are known by their input types, qualified unless they are PostgreSQL's own")
  func routines() async throws {
    try await withExample { snapshot in
      guard case .function(let detail) = snapshot[.function("public", "f", "uuid, text[]")]?.detail else {
        Issue.record("a function without its detail")
        return
      }
      #expect(
        detail.isSecurityDefiner && detail.result == "integer" && detail.settings == ["search_path=\"\""])
      #expect(snapshot.contains(.function("public", "f", "public.mood")))
      #expect(snapshot.contains(ObjectIdentity(.procedure, schema: "public", name: "p", signature: "")))
      #expect(
        snapshot.contains(ObjectIdentity(.aggregate, schema: "public", name: "total", signature: "integer")))
      #expect(
        !snapshot.objects(of: .function).contains { $0.identity.name == "span" }, "a range's constructor")
    }
  }

  @Test("triggers are listed with the copies of partitions, and say when they are disabled")
  func triggers() async throws {
    try await withExample { snapshot in
      let identities = snapshot.objects(of: .trigger).map(\.identity.qualifiedName)
      #expect(
        identities == [
          "part_touch on public.part", "part_touch on public.part_1", "telemetry_touch on public.telemetry",
        ])
      #expect(
        definition(.trigger("public", "telemetry", "telemetry_touch"), in: snapshot)
          == "CREATE TRIGGER telemetry_touch BEFORE UPDATE ON public.telemetry FOR EACH ROW "
          + "EXECUTE FUNCTION public.touch() [DISABLED]")
    }
  }

  @Test("policies have command, roles and expressions; flags of row security are objects of their own")
  func policies() async throws {
    try await withExample { snapshot in
      #expect(
        snapshot[.policy("public", "telemetry", "ins")]?.detail
          == .policy(
            PolicyDetail(
              isPermissive: false, command: "INSERT", roles: ["public"], check: "(amount > (0)::numeric)")))
      guard case .policy(let own) = snapshot[.policy("public", "telemetry", "Own rows")]?.detail else {
        Issue.record("a policy without its detail")
        return
      }
      #expect(own.isPermissive && own.command == "SELECT")
      #expect(own.roles == ["pg_monitor", "pg_read_all_settings"])
      #expect(snapshot.contains(.rowSecurity("public", "telemetry")))
      #expect(snapshot.contains(.forcedRowSecurity("public", "telemetry")))
      #expect(!snapshot.contains(.rowSecurity("public", "scratch")))
    }
  }

  @Test("types, labels and domains are listed; arrays and row types are not")
  func types() async throws {
    try await withExample { snapshot in
      #expect(
        definition(ObjectIdentity(.type, schema: "public", name: "mood"), in: snapshot)
          == "ENUM ('sad', 'o''k', 'happy')")
      #expect(snapshot.contains(.enumValue("public", "mood", "o'k")))
      #expect(
        definition(ObjectIdentity(.type, schema: "public", name: "pair"), in: snapshot)
          == "(a integer, b text)")
      #expect(
        definition(ObjectIdentity(.domain, schema: "public", name: "email"), in: snapshot)
          == "text DEFAULT 'x@y'::text NOT NULL CONSTRAINT email_check CHECK ((VALUE ~ '@'::text))")
      #expect(snapshot.objects(of: .type).map(\.identity.name) == ["mood", "pair", "span"])
    }
  }

  @Test(
    "grants are one for each privilege and role, with everybody's right to execute what nobody restricted")
  func grants() async throws {
    try await withExample { snapshot in
      let table = ObjectIdentity.table("public", "telemetry")
      #expect(snapshot[.grant("SELECT", to: "pg_monitor", on: table)]?.definition == "WITH GRANT OPTION")
      #expect(
        snapshot.contains(.grant("UPDATE", to: "pg_monitor", on: .column("public", "telemetry", "name"))))
      #expect(!snapshot.contains(.grant("SELECT", to: "postgres", on: table)), "the owner needs none")
      #expect(!snapshot.contains(.grant("EXECUTE", to: "public", on: .function("public", "touch", ""))))
      #expect(snapshot.contains(.grant("EXECUTE", to: "public", on: .function("public", "f", "public.mood"))))
      #expect(
        snapshot.objects(of: .defaultPrivilege).map(\.identity.name) == ["tables"])
    }
  }

  @Test("comments stand with their object and by themselves")
  func comments() async throws {
    try await withExample { snapshot in
      let table = ObjectIdentity.table("public", "telemetry")
      #expect(snapshot[table]?.comment == "what happened")
      #expect(snapshot[.comment(on: table)]?.definition == "what happened")
      #expect(snapshot[.column("public", "telemetry", "m")]?.comment == "how it felt")
      #expect(snapshot[.policy("public", "telemetry", "ins")]?.comment == "no debts")
      #expect(snapshot[.function("public", "f", "public.mood")]?.comment == "the same")
    }
  }

  @Test("publications, statistics, rules, operators and casts are there")
  func others() async throws {
    try await withExample { snapshot in
      let expected = [
        ObjectIdentity(.publication, name: "pub"),
        ObjectIdentity(.publicationMember, schema: "public", parent: "pub", name: "telemetry"),
        ObjectIdentity(.statistics, schema: "public", name: "st"),
        ObjectIdentity(.rule, schema: "public", parent: "scratch", name: "nothing"),
        ObjectIdentity(.operator, schema: "public", name: "===", signature: "integer, integer"),
        ObjectIdentity(.cast, name: "public.pair AS public.mood"),
        ObjectIdentity(.materializedView, schema: "public", name: "totals"),
        ObjectIdentity(.extension, name: "plpgsql"),
      ]
      for identity in expected { #expect(snapshot.contains(identity), "\(identity)") }
      #expect(snapshot.objects(of: .cast).count == 1, "the cast that comes with a range type is none of ours")
      #expect(snapshot.objects(of: .rule).count == 1, "a view's own rule is none")
    }
  }

  @Test("the host's schemas are read lightly, excluded ones not at all")
  func scope() async throws {
    var scope = SnapshotScope(platformSchemas: ["auth"])
    try await withExample(scope) { snapshot in
      #expect(snapshot.contains(.table("auth", "users")) && snapshot.contains(.column("auth", "users", "id")))
      #expect(snapshot[.function("auth", "uid", "")]?.definition == "")
      #expect(!snapshot.contains(.grant("EXECUTE", to: "public", on: .function("auth", "uid", ""))))
      #expect(snapshot.isPlatform(.table("auth", "users")) && !snapshot.isPlatform(.table("public", "part")))
    }
    scope = SnapshotScope(excludedSchemas: ["auth"], includesSizes: false)
    try await withExample(scope) { snapshot in
      #expect(!snapshot.objects.keys.contains { $0.schema == "auth" || $0.name == "auth" })
      #expect(
        snapshot.objects(of: .table).allSatisfy {
          if case .relation(let detail) = $0.detail { detail.bytes == 0 } else { false }
        })
    }
  }

  @Test("what a newer server writes into every column for itself is no part of its definition")
  func serversOwnColumnOption() async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.execute(
        """
        CREATE TABLE kept (a integer);
        SET allow_system_table_mods = on;
        UPDATE pg_attribute SET attoptions = '{pg_attver=22158888,n_distinct=5}'
        WHERE attrelid = 'kept'::regclass AND attname = 'a';
        """)
      let snapshot = try await CatalogReader(connection).snapshot()
      #expect(definition(.column("public", "kept", "a"), in: snapshot) == "integer OPTIONS (n_distinct=5)")
      await connection.close()
    }
  }
}
