import Catalog
import Postgres
import Schema
import TestServer
import Testing

@Suite("Definitions of indexes")
struct IndexDefinitionTests {
  @Test("are what the server writes, also where they are put together from names")
  func asTheServerWritesThem() async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.execute(Self.script)
      if connection.server.version >= 150000 {
        try await connection.execute("CREATE UNIQUE INDEX ON item (code, price) NULLS NOT DISTINCT")
      }
      let written = try await connection.execute(
        """
        SELECT n.nspname AS schema, c.relname AS name, pg_get_indexdef(c.oid) AS definition
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname IN ('public', 'Odd $chema')
        """)
      let snapshot = try await CatalogReader(connection).snapshot(.everything)
      await connection.close()
      let rows = written.flatMap(\.rows)
      #expect(rows.count > 30)
      for row in rows {
        let index = ObjectIdentity.index(try row.text("schema"), try row.text("name"))
        #expect(snapshot[index]?.definition == (try row.text("definition")))
      }
      #expect(snapshot.objects.keys.count { $0.kind == .index } == rows.count)
    }
  }

  /// Indexes of each kind that `pg_get_indexdef` writes differently.
  private static let script = #"""
    SET search_path = public;
    CREATE TYPE mood AS ENUM ('calm');
    CREATE DOMAIN short AS text;
    CREATE TABLE item (
      id bigint PRIMARY KEY, "order" int UNIQUE, price numeric, code varchar(10), fixed char(3), note text,
      german text COLLATE "C", net cidr, host inet, how mood, what short, tags text[], span int4range, who name,
      kind "char", at timestamptz, day date, key uuid, flag boolean, whole oid, EXCLUDE USING gist (span WITH &&));
    CREATE INDEX ON item ("order", id);
    CREATE INDEX ON item (code);
    CREATE INDEX ON item (fixed);
    CREATE INDEX ON item (fixed bpchar_pattern_ops);
    CREATE INDEX ON item (code text_pattern_ops);
    CREATE INDEX ON item (note varchar_ops);
    CREATE INDEX ON item (note COLLATE "C");
    CREATE INDEX ON item (german);
    CREATE INDEX ON item (german COLLATE "POSIX");
    CREATE INDEX ON item (net);
    CREATE INDEX ON item (host, net inet_ops);
    CREATE INDEX ON item (how);
    CREATE INDEX ON item (what);
    CREATE INDEX ON item (tags);
    CREATE INDEX ON item (span);
    CREATE INDEX ON item (who, kind, at, day, key, flag, whole);
    CREATE INDEX ON item (price DESC);
    CREATE INDEX ON item (price NULLS FIRST);
    CREATE INDEX ON item (id) INCLUDE (note);
    CREATE INDEX ON item (id) WITH (fillfactor = 50);
    CREATE INDEX ON item (id) WHERE price > 0 AND note IS NOT NULL;
    CREATE UNIQUE INDEX ON item (id, note) WHERE lower(note) <> 'x'::text;
    CREATE INDEX ON item (lower(note));
    CREATE INDEX ON item ((price + 1), id);
    CREATE INDEX ON item ((item IS NULL));
    CREATE INDEX ON item USING hash (note);
    CREATE INDEX ON item USING gin (tags);
    CREATE INDEX ON item USING brin (at);
    CREATE TABLE part (id int, at date) PARTITION BY RANGE (at);
    CREATE INDEX ON part (id);
    CREATE TABLE part_1 PARTITION OF part DEFAULT;
    CREATE INDEX ON ONLY part (at);
    CREATE MATERIALIZED VIEW seen AS SELECT id FROM item;
    CREATE UNIQUE INDEX ON seen (id);
    CREATE SCHEMA "Odd $chema";
    CREATE TABLE "Odd $chema"."T ""x""" ("select" int, "a$b" text);
    CREATE INDEX "in $x" ON "Odd $chema"."T ""x""" ("select", "a$b");
    CREATE OPERATOR CLASS "Odd $chema".mine FOR TYPE int4 USING btree AS
      OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(int4, int4);
    CREATE INDEX ON item ("order" "Odd $chema".mine);
    RESET search_path;
    """#
}
