import Catalog
import Postgres
import Schema
import TestServer
import Testing

@Suite("A look at some objects")
struct TouchedLookTests {
  private static let script = """
    CREATE SCHEMA shop;
    CREATE TABLE shop.item (
      id bigserial PRIMARY KEY, owner_name text NOT NULL DEFAULT current_user, price numeric(12, 2) CHECK (price > 0));
    CREATE TABLE shop.sale (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, item bigint REFERENCES shop.item (id), note text, UNIQUE (item, note));
    CREATE INDEX sale_lower ON shop.sale (lower(note)) WHERE note IS NOT NULL;
    CREATE VIEW shop.cheap AS SELECT id, price FROM shop.item WHERE price < 10;
    ALTER TABLE shop.item ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON shop.item FOR SELECT USING (owner_name = current_user);
    CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE FUNCTION shop.touch(a int) RETURNS int LANGUAGE sql AS 'SELECT a';
    CREATE TRIGGER touching BEFORE UPDATE ON shop.item FOR EACH ROW EXECUTE FUNCTION shop.touch();
    COMMENT ON COLUMN shop.item.price IS 'in euros';
    COMMENT ON INDEX shop.sale_lower IS 'by note';
    GRANT SELECT ON shop.item TO PUBLIC;
    GRANT INSERT, UPDATE ON shop.item TO pg_monitor WITH GRANT OPTION;
    GRANT SELECT (note), UPDATE (note) ON shop.sale TO pg_read_all_stats;
    GRANT USAGE ON SEQUENCE shop.item_id_seq TO PUBLIC;
    GRANT SELECT ON shop.cheap TO PUBLIC;
    REVOKE EXECUTE ON FUNCTION shop.touch(int) FROM PUBLIC;
    """

  private static let touched: TouchedObjects = {
    var touched = TouchedObjects()
    touched.relations = ["item", "sale", "cheap", "nowhere"].reduce(into: []) {
      $0.insert(.table("shop", $1))
    }
    touched.relations.insert(.table("pg_catalog", "pg_class"))
    touched.routines = [.function("shop", "touch", "")]
    touched.kinds = [.policy, .trigger, .comment]
    return touched
  }()

  /// What a complete look shows, and what a whole snapshot does, in one transaction.
  private func looks(
    scope: SnapshotScope = .everything, after script: String = script
  ) async throws -> (narrow: Snapshot, whole: Snapshot) {
    let seen = try await Looks.taken(of: Self.touched, scope: scope, after: script)
    return (seen.complete, seen.whole)
  }

  @Test("shows each object as a whole snapshot does, and all of those that it is about")
  func sameObjects() async throws {
    let (narrow, whole) = try await looks()
    let shown = whole.objects.filter { identity, _ in
      identity.schema == "shop" && Self.touched.shownKinds.contains(identity.kind)
    }
    #expect(Set(narrow.objects.keys) == Set(shown.keys))
    for (identity, object) in narrow.objects {
      #expect(object.definition == whole.objects[identity]?.definition, "\(identity)")
      #expect(object.owner == whole.objects[identity]?.owner, "\(identity)")
      #expect(object.comment == whole.objects[identity]?.comment, "\(identity)")
      #expect(Looks.withoutSizes(object) == whole.objects[identity].map(Looks.withoutSizes), "\(identity)")
    }
  }

  @Test("shows who holds what, with the option to hand it on, as a whole snapshot does")
  func samePrivileges() async throws {
    let (narrow, whole) = try await looks()
    let held = whole.access.privileges.filter { $0.key.schema == "shop" }
    #expect(Set(narrow.access.privileges.keys) == Set(held.keys))
    for (object, privileges) in narrow.access.privileges {
      #expect(Set(privileges) == Set(held[object] ?? []), "\(object)")
      #expect(privileges.count == held[object]?.count, "\(object)")
    }
    let item = ObjectIdentity.table("shop", "item")
    #expect(narrow.objects[.grant("UPDATE", to: "pg_monitor", on: item)]?.definition == "WITH GRANT OPTION")
    #expect(narrow.objects[.grant("SELECT", to: "public", on: item)]?.definition == "")
  }

  @Test("lists no grants in the host's schemas, but who holds what there")
  func platform() async throws {
    var scope = SnapshotScope.everything
    scope.platformSchemas = ["shop"]
    let (narrow, whole) = try await looks(scope: scope)
    #expect(!narrow.objects.keys.contains { $0.kind == .grant })
    #expect(
      Set(narrow.access.privileges.keys)
        == Set(whole.access.privileges.keys.filter { $0.schema == "shop" }))
  }

  @Test("reads no catalog as a whole, though its plans were made when there was hardly anything")
  func plans() async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      let look = TouchedLook(server: connection.server, scope: .everything)
      try await connection.withLease { lease in
        for outcome in try await lease.pipeline(look.preparation + look.completePreparation) {
          _ = try outcome.get()
        }
        try await lease.execute(
          """
          SET search_path = pg_catalog, pg_temp; SET plan_cache_mode = force_generic_plan;
          SET signalbox.touched = '{}'; SET signalbox.touched_with_sequences = '{}'
          """)
        let names = try await lease.query(
          "SELECT name FROM pg_prepared_statements WHERE name ~ '^signalbox_' AND name <> 'signalbox_look'")
        #expect(names.rows.count == 21)
        for name in try names.rows.map({ try $0.text("name") }) {
          let plan = try await lease.query("EXPLAIN (COSTS off) EXECUTE \(name)('{}', '{}')")
          let lines = plan.rows.compactMap { $0[0] }
          for (line, next) in zip(lines, lines.dropFirst() + [""])
          where line.contains("Index ") && line.contains("Scan ") && line.contains(" on pg_") {
            // There are few schemas and servers.
            if line.contains(" on pg_namespace") || line.contains(" on pg_foreign_server") { continue }
            #expect(next.contains("Index Cond"), "\(name): \(line)")
          }
        }
      }
      await connection.close()
    }
  }
}
