import Catalog
import Postgres
import Schema
import Testing

@Suite("A plain look at some objects")
struct PlainLookTests {
  private static func touched(_ names: String...) -> TouchedObjects {
    var touched = TouchedObjects()
    touched.relations = Set(names.map { .table("public", $0) })
    touched.kinds = [.policy, .trigger, .comment]
    touched.hasCommentsOnParts = true
    return touched
  }

  @Test("shows usual tables as a whole snapshot does, and all that is on them")
  func usual() async throws {
    let seen = try await Looks.taken(
      of: Self.touched("item", "sale", "Odd \"name\"", "nowhere"),
      after: #"""
        CREATE TABLE item (
          id bigserial PRIMARY KEY, owner_name text NOT NULL DEFAULT current_user, price numeric(12, 2) CHECK (price > 0),
          code varchar(10) UNIQUE, kind "char", at timestamptz DEFAULT now(), tags text[], "order" int,
          twice numeric GENERATED ALWAYS AS (price * 2) STORED);
        CREATE TABLE sale (
          id bigint GENERATED ALWAYS AS IDENTITY (START 5 INCREMENT 2), item bigint REFERENCES item (id) ON DELETE CASCADE,
          note text, gone int, PRIMARY KEY (id, item), UNIQUE (item, note) DEFERRABLE);
        ALTER TABLE sale DROP COLUMN gone;
        CREATE UNLOGGED TABLE "Odd ""name""" (
          "Id" int PRIMARY KEY, "select" text, b int, FOREIGN KEY ("Id", b) REFERENCES sale (id, item))
          WITH (fillfactor = 70, toast.autovacuum_enabled = false);
        CREATE INDEX sale_lower ON sale (lower(note), item) WHERE note IS NOT NULL;
        CREATE INDEX item_code ON item (code, at);
        CREATE INDEX item_pattern ON item (owner_name text_pattern_ops);
        CREATE INDEX item_down ON item (at DESC NULLS LAST) INCLUDE (price) WITH (fillfactor = 50);
        CREATE INDEX item_tags ON item USING gin (tags);
        CREATE INDEX "Odd index" ON "Odd ""name""" ("select", "Id");
        CREATE INDEX item_order ON item ("order");
        ALTER TABLE item ENABLE ROW LEVEL SECURITY, REPLICA IDENTITY FULL;
        ALTER TABLE sale FORCE ROW LEVEL SECURITY;
        CREATE POLICY own ON item FOR SELECT USING (owner_name = current_user);
        CREATE POLICY "two roles" ON item AS RESTRICTIVE TO pg_monitor, pg_read_all_stats WITH CHECK (price > 1);
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER touching BEFORE UPDATE ON item FOR EACH ROW EXECUTE FUNCTION touch();
        COMMENT ON TABLE item IS 'goods';
        COMMENT ON COLUMN item.price IS 'in euros';
        COMMENT ON INDEX sale_lower IS 'by note';
        COMMENT ON INDEX sale_pkey IS 'key';
        COMMENT ON CONSTRAINT item_price_check ON item IS 'not for free';
        COMMENT ON POLICY own ON item IS 'mine';
        COMMENT ON TRIGGER touching ON item IS 'touches';
        COMMENT ON SEQUENCE item_id_seq IS 'numbers';
        GRANT SELECT ON item TO PUBLIC;
        GRANT INSERT, UPDATE ON item TO pg_monitor WITH GRANT OPTION;
        GRANT SELECT (note), UPDATE (note) ON sale TO pg_read_all_stats;
        GRANT USAGE ON SEQUENCE item_id_seq TO PUBLIC;
        DO $$ BEGIN
          IF current_setting('server_version_num')::int >= 150000 THEN
            ALTER TABLE item ADD UNIQUE NULLS NOT DISTINCT ("order");
          END IF;
        END $$;
        """#)
    let plain = try #require(seen.plain)
    let kinds = Self.touched("item").shownKinds
    let shown = seen.whole.objects.keys.filter { identity in
      identity.schema == "public" && kinds.contains(identity.kind)
        && identity.parent != ObjectKind.function.rawValue
    }
    #expect(Set(plain.objects.keys) == Set(shown))
    for (identity, object) in plain.objects {
      let expected = seen.whole.objects[identity]
      #expect(object.definition == expected?.definition, "\(identity)")
      #expect(object.owner == expected?.owner, "\(identity)")
      #expect(object.comment == expected?.comment, "\(identity)")
      #expect(Looks.withoutSizes(object) == expected.map(Looks.withoutSizes), "\(identity)")
      #expect(object == seen.complete.objects[identity] || object.identity.kind == .index, "\(identity)")
    }
    #expect(
      plain.access.privileges.mapValues(Set.init) == seen.complete.access.privileges.mapValues(Set.init))
  }

  @Test(
    "says that it does not show all of what is rare",
    arguments: [
      "CREATE TABLE parent (x int); CREATE TABLE seen () INHERITS (parent)",
      "CREATE TABLE seen (x int) PARTITION BY RANGE (x)",
      "CREATE TABLE parent (x int) PARTITION BY RANGE (x); CREATE TABLE seen PARTITION OF parent DEFAULT",
      "CREATE VIEW seen AS SELECT 1 AS x", "CREATE SEQUENCE seen",
      "CREATE TABLE seen (x text COLLATE \"C\")",
      "CREATE TABLE seen (x text); ALTER TABLE seen ALTER x SET STORAGE EXTERNAL",
      "CREATE TABLE seen (x int PRIMARY KEY); ALTER TABLE seen CLUSTER ON seen_pkey",
      "CREATE TABLE seen (x int PRIMARY KEY); ALTER TABLE seen REPLICA IDENTITY USING INDEX seen_pkey",
      "CREATE TYPE pair AS (x int); CREATE TABLE seen OF pair",
      "CREATE TYPE mood AS ENUM ('calm'); CREATE TABLE seen (x mood); CREATE INDEX ON seen (x)",
      "CREATE TABLE seen (x int, y int); CREATE INDEX ON seen (abs(x), x, y, abs(y))",
      "CREATE TABLE seen (x text); CREATE INDEX ON seen (x COLLATE \"C\")",
    ])
  func rare(_ script: String) async throws {
    let seen = try await Looks.taken(of: Self.touched("seen"), after: script)
    #expect(seen.plain == nil)
    #expect(!seen.complete.objects.isEmpty)
  }

  @Test("reads comments on tables and columns where there can be no others")
  func comments() async throws {
    var touched = Self.touched("item")
    touched.hasCommentsOnParts = false
    let seen = try await Looks.taken(
      of: touched,
      after: "CREATE TABLE item (x int); COMMENT ON TABLE item IS 'goods'; COMMENT ON COLUMN item.x IS 'one'")
    let plain = try #require(seen.plain)
    #expect(plain.objects == seen.complete.objects)
  }

  @Test("shows a table's sequence that is named beside it")
  func ownSequence() async throws {
    let seen = try await Looks.taken(
      of: Self.touched("thing", "thing_id_seq"),
      after: "CREATE TABLE thing (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY)")
    let plain = try #require(seen.plain)
    #expect(Set(plain.objects.keys) == Set(seen.complete.objects.keys))
  }
}
