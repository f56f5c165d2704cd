import Migrations
import Schema
import Script
import Testing

@testable import Verification

@Suite("What the migrations need and nothing provides")
struct RequirementJudgeTests {
  private func findings(
    _ files: [(id: String, sql: String)], platform: Platform = .none, layout: Layout = .flat,
    requires: [MigrationID: MigrationID] = [:]
  ) -> [String] {
    var context = ScriptContext()
    let migrations = files.map { file in
      Migration(
        id: MigrationID(file.id), version: file.id, name: "", file: file.id + ".sql",
        script: ScriptParser.parse(Array(file.sql.utf8), in: &context),
        declaredRequirements: requires[MigrationID(file.id)].map {
          [DeclaredRequirement(id: $0, location: FileLocation(file: "signalbox.toml"))]
        } ?? [])
    }
    let project = Project(
      name: "p", root: "/p", layout: layout, platform: platform, migrations: migrations)
    return RequirementJudge.findings(of: project, graph: RequirementGraph(project)).map {
      "\($0.severity) \($0.code.dropFirst(12)) \($0.location?.description ?? "") \($0.message)"
    }
  }

  @Test(
    "nothing is wrong with what the server, the file itself or an earlier one provides",
    arguments: [
      "CREATE TABLE a (id uuid DEFAULT gen_random_uuid()); CREATE INDEX ON a (id)",
      "CREATE TYPE mood AS ENUM ('x'); CREATE TABLE a (m mood)",
      "CREATE EXTENSION pgcrypto; CREATE TABLE a (h text DEFAULT encode(digest('x', 'sha1'), 'hex'))",
      "CREATE TABLE a (x int); ALTER TABLE a RENAME x TO y; ALTER TABLE a ALTER y SET NOT NULL",
      "CREATE TABLE a (x int); ALTER TABLE a RENAME TO b; ALTER TABLE b DROP x",
      "CREATE TABLE a (x int); CREATE VIEW v AS SELECT x, ctid FROM a",
      "DROP TABLE IF EXISTS gone; ALTER TABLE IF EXISTS gone ADD x int",
      "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM later; END $$",
      "SELECT count(*) FROM pg_class; SELECT 1 FROM information_schema.tables",
      "CREATE EXTENSION timescaledb; CREATE TABLE a (t timestamptz); SELECT create_hypertable('a', 't')",
      "GRANT pg_read_all_data TO postgres",
      "CREATE TEMP TABLE t (x int); INSERT INTO t VALUES (1)",
      "WITH c AS (SELECT 1 AS x) SELECT x FROM c",
    ])
  func sound(sql: String) {
    #expect(findings([("001", sql)]).isEmpty)
  }

  @Test("a label of an enumerated type must be there before it is written or compared with")
  func labels() {
    let type = ("001", "CREATE TYPE state AS ENUM ('open'); CREATE TABLE a (id int, s state);")
    let use = "UPDATE a SET s = 'closed';"
    #expect(
      findings([type, ("002", use)])
        == ["warning unprovided 002.sql:1:1 uses enum value 'closed' of public.state, which nothing provides"]
    )
    #expect(
      findings([type, ("002", use), ("003", "ALTER TYPE state ADD VALUE 'closed';")]) == [
        "failure later 002.sql:1:1 uses enum value 'closed' of public.state, which only 003 makes, and that comes "
          + "later (line 1)"
      ])
    #expect(findings([type, ("002", "ALTER TYPE state ADD VALUE 'closed';"), ("003", use)]).isEmpty)
    #expect(
      findings([type, ("002", "ALTER TYPE state RENAME VALUE 'open' TO 'closed';"), ("003", use)]).isEmpty)
  }

  @Test(
    "labels of a type that is swapped for another, or that something unknown may have added, are not missed",
    arguments: [
      """
      ALTER TYPE state RENAME TO old; CREATE TYPE state AS ENUM ('closed');
      ALTER TABLE a ALTER s TYPE state USING s::text::state; UPDATE a SET s = 'closed'; DROP TYPE old;
      """,
      "ALTER TABLE a ALTER s TYPE text; UPDATE a SET s = 'closed';",
      "DO $$ BEGIN EXECUTE format('ALTER TYPE state ADD VALUE %L', current_user); END $$; UPDATE a SET s = 'closed';",
      "UPDATE a SET id = 1 WHERE s::text = 'closed';",
      "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN UPDATE a SET s = 'closed'; END $$;",
    ])
  func otherLabels(sql: String) {
    let type = ("001", "CREATE TYPE state AS ENUM ('open'); CREATE TABLE a (id int, s state);")
    #expect(findings([type, ("002", sql)]).isEmpty)
  }

  @Test("a use of what nothing makes is a warning with its line, once for the project")
  func unprovided() {
    #expect(
      findings([
        ("001", "SELECT 1;\nCREATE INDEX i ON users (id);"), ("002", "INSERT INTO users VALUES (1);"),
      ]) == [
        "warning unprovided 001.sql:2:1 uses table public.users, which nothing provides, used by 1 migration more"
      ])
    #expect(
      findings([("001", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO app_user;")])
        == ["warning unprovided 001.sql:1:1 uses role app_user, which nothing provides"])
  }

  @Test("what comes with an extension needs that extension, which the platform may have")
  func extensions() {
    let sql = "CREATE TABLE a (id uuid DEFAULT uuid_generate_v4());"
    #expect(
      findings([("001", sql)]).first?.contains(#"of extension "uuid-ossp", which nothing provides"#) == true)
    #expect(findings([("001", sql)], platform: .supabase).isEmpty)
    #expect(
      findings([("001", sql), ("002", #"CREATE EXTENSION "uuid-ossp";"#)]).first?
        .hasPrefix("failure later 001.sql:1:1") == true)
  }

  @Test(
    "what an earlier file renamed or moved is there under its new name, with all that belongs to it",
    arguments: [
      ("CREATE TABLE a (x int)", "ALTER TABLE a RENAME TO b", "ALTER TABLE b DROP COLUMN x"),
      (
        "CREATE SCHEMA s; CREATE TABLE a (x int)", "ALTER TABLE a SET SCHEMA s",
        "ALTER TABLE s.a RENAME COLUMN x TO y"
      ),
      (
        "CREATE SCHEMA s; CREATE TABLE s.a (x int)", "ALTER SCHEMA s RENAME TO t",
        "ALTER TABLE t.a ALTER COLUMN x SET NOT NULL; CREATE INDEX ON t.a (x)"
      ),
      (
        "CREATE SCHEMA s; CREATE FUNCTION s.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER SCHEMA s RENAME TO t", "SELECT t.f()"
      ),
      ("CREATE TYPE m AS ENUM ('a')", "ALTER TYPE m RENAME TO n", "ALTER TYPE n ADD VALUE 'b'"),
      (
        "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER FUNCTION f(int) RENAME TO g", "DROP FUNCTION g(int)"
      ),
      ("CREATE TABLE a (x int)", "ALTER TABLE a RENAME x TO y", "UPDATE a SET y = 1"),
    ])
  func renamed(files: (String, String, String)) {
    #expect(findings([("001", files.0), ("002", files.1), ("003", files.2)]).isEmpty)
    // The old name is nobody's any more.
    #expect(findings([("001", files.0), ("002", files.1), ("003", files.1)]).count >= 1)
  }

  @Test("what may have been renamed is there under both names")
  func maybeRenamed() {
    let rename =
      "DO $$ BEGIN IF current_setting('x') = 'y' THEN ALTER TABLE a RENAME TO b; END IF; END $$"
    #expect(
      findings([("001", "CREATE TABLE a (x int)"), ("002", rename), ("003", "SELECT x FROM a; TABLE b")])
        .isEmpty)
  }

  @Test("the platform's objects are there from the beginning")
  func platform() {
    let sql =
      "CREATE TABLE p (id uuid REFERENCES auth.users (id)); GRANT SELECT ON p TO anon; "
      + "CREATE POLICY x ON p USING (auth.uid() = id); ALTER PUBLICATION supabase_realtime ADD TABLE p;"
    #expect(findings([("001", sql)], platform: .supabase).isEmpty)
    #expect(findings([("001", sql)]).count > 2)
  }

  @Test("a use of what only a later file or statement makes is a failure that names it")
  func later() {
    #expect(
      findings([("001", "CREATE INDEX i ON users (id);"), ("002", "\nCREATE TABLE users (id int);")])
        == [
          "failure later 001.sql:1:1 uses table public.users, which only 002 makes, and that comes later (line 2)"
        ])
    #expect(
      findings([("001", "CREATE VIEW v AS SELECT 1 FROM a;\nCREATE TABLE a (x int);")])
        == ["failure later 001.sql:1:1 uses table public.a, which it makes only at line 2"])
  }

  @Test("a declared requirement changes the order, and then nothing comes too late")
  func declaredOrder() {
    #expect(
      findings(
        [("001", "CREATE INDEX i ON users (id);"), ("002", "CREATE TABLE users (id int);")],
        requires: ["001": "002"]
      ).allSatisfy { !$0.hasPrefix("failure") })
  }

  @Test("a column that nobody made is missed only where the whole table is known")
  func columns() {
    #expect(
      findings([("001", "CREATE TABLE a (x int);\nCREATE INDEX ON a (y);")])
        == ["warning unprovided 001.sql:2:1 uses column public.a.y, which nothing provides"])
    #expect(findings([("001", "CREATE TABLE a AS SELECT * FROM pg_class; CREATE INDEX ON a (y);")]).isEmpty)
  }

  @Test("a use of what was dropped is a failure")
  func dropped() {
    #expect(
      findings([("001", "CREATE TABLE a (x int);"), ("002", "DROP TABLE a;"), ("003", "DELETE FROM a;")])
        == ["failure dropped 003.sql:1:1 uses table public.a, which 002 has dropped before"])
  }

  @Test("a patch for a living database may use what is there")
  func patch() {
    #expect(findings([("PATCH", "ALTER TABLE users ADD x int;")], layout: .patch).isEmpty)
  }

  @Test("a declared requirement that nothing shows is told, and is no fault")
  func unsupported() {
    let files = [("001", "CREATE TABLE a (x int);"), ("002", "CREATE TABLE b (x int);")]
    #expect(
      findings(files, requires: ["002": "001"])
        == ["pass unsupported signalbox.toml requires 001: declared, but nothing in the SQL shows it"])
    let chained = [
      ("001", "CREATE TABLE a (x int);"), ("002", "CREATE VIEW b AS SELECT x FROM a;"),
      ("003", "CREATE VIEW c AS SELECT x FROM b;"),
    ]
    #expect(findings(chained, requires: ["003": "001"]).isEmpty)
  }
}
