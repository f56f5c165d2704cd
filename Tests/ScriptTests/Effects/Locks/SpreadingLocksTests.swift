import Schema
import Script
import Testing

@Suite("Locks on other tables than the one that is named")
struct SpreadingLocksTests {
  private static let tables = """
    CREATE TABLE t (a int PRIMARY KEY, b text); CREATE TABLE u (a int REFERENCES t); CREATE TABLE base (a int);
    CREATE TABLE kid () INHERITS (base); CREATE TABLE p (id int, k text) PARTITION BY RANGE (id);
    CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (9); CREATE INDEX p_k ON p (k); CREATE DOMAIN d AS int;
    CREATE TABLE dt (d d); CREATE VIEW v AS SELECT b FROM t; CREATE STATISTICS st ON a, b FROM t; CREATE INDEX i ON t (b);
    CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER tr BEFORE INSERT ON u FOR EACH ROW EXECUTE FUNCTION f();
    """

  /// What `pg_locks` shows of the tables that were there before, on PostgreSQL 15.
  @Test(
    "are those that the server takes",
    arguments: [
      ("DROP TABLE u", "t ACCESS EXCLUSIVE, u ACCESS EXCLUSIVE"),
      ("ALTER TABLE u DROP COLUMN a", "t ACCESS EXCLUSIVE, u ACCESS EXCLUSIVE"),
      ("ALTER TABLE t DROP COLUMN b CASCADE", "t ACCESS EXCLUSIVE, v ACCESS EXCLUSIVE"),
      ("ALTER TABLE t DROP CONSTRAINT t_pkey CASCADE", "t ACCESS EXCLUSIVE, u ACCESS EXCLUSIVE"),
      ("DROP TABLE p", "p ACCESS EXCLUSIVE, p1 ACCESS EXCLUSIVE"),
      ("DROP TABLE p1", "p ACCESS EXCLUSIVE, p1 ACCESS EXCLUSIVE"),
      ("DROP FUNCTION f() CASCADE", "u ACCESS EXCLUSIVE"),
      ("DROP STATISTICS st", "t SHARE UPDATE EXCLUSIVE"),
      ("ALTER TABLE base ADD COLUMN z int", "base ACCESS EXCLUSIVE, kid ACCESS EXCLUSIVE"),
      ("ALTER TABLE ONLY p ALTER COLUMN k SET DEFAULT 'x'", "p ACCESS EXCLUSIVE"),
      ("ALTER TABLE p ADD CONSTRAINT c CHECK (id > 0)", "p ACCESS EXCLUSIVE, p1 ACCESS EXCLUSIVE"),
      ("ALTER TABLE base RENAME COLUMN a TO z", "base ACCESS EXCLUSIVE, kid ACCESS EXCLUSIVE"),
      ("ALTER TABLE kid NO INHERIT base", "base ACCESS SHARE, kid ACCESS EXCLUSIVE"),
      ("CREATE INDEX ON p (id)", "p SHARE, p1 SHARE"),
      (
        "CREATE TRIGGER x AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f()",
        "p SHARE ROW EXCLUSIVE, p1 SHARE ROW EXCLUSIVE"
      ),
      ("TRUNCATE p", "p ACCESS EXCLUSIVE, p1 ACCESS EXCLUSIVE"),
      ("ALTER DOMAIN d ADD CHECK (VALUE > 0)", "dt SHARE"),
      ("ALTER DOMAIN d ADD CHECK (VALUE > 0) NOT VALID", ""),
      ("ALTER DOMAIN d SET NOT NULL", "dt SHARE"),
      ("ALTER VIEW v ALTER COLUMN b SET DEFAULT 'x'", "v ACCESS EXCLUSIVE"),
      ("REINDEX INDEX i", "i ACCESS EXCLUSIVE, t SHARE"),
    ])
  func spread(sql: String, expected: String) {
    var context = ScriptContext()
    _ = ScriptParser.parse(Array(Self.tables.utf8), in: &context)
    let script = ScriptParser.parse(Array(sql.utf8), in: &context)
    let locks = script.statements.flatMap(\.locks).map { "\($0.relation.name) \($0.mode)" }
    #expect(locks.sorted().joined(separator: ", ") == expected)
  }
}
