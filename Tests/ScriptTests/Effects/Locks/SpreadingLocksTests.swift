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

  /// What reads these tables, and refers to them.
  private static let readers = """
    CREATE VIEW vv AS SELECT v.b, u.a FROM v, u; CREATE MATERIALIZED VIEW m AS SELECT * FROM vv;
    CREATE VIEW vm AS SELECT * FROM m; CREATE TABLE w (a int PRIMARY KEY REFERENCES t); CREATE TABLE x (a int REFERENCES w);
    CREATE TABLE q (a int REFERENCES t) PARTITION BY RANGE (a); CREATE TABLE q1 PARTITION OF q FOR VALUES FROM (1) TO (9);
    CREATE TABLE pk (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE pk1 PARTITION OF pk FOR VALUES FROM (1) TO (9);
    CREATE TABLE r (id int REFERENCES pk); CREATE VIEW vi AS SELECT a FROM w;
    CREATE TRIGGER ti INSTEAD OF UPDATE ON vi FOR EACH ROW EXECUTE FUNCTION f();
    CREATE VIEW vo AS SELECT a FROM w; CREATE TRIGGER ti INSTEAD OF INSERT ON vo FOR EACH ROW EXECUTE FUNCTION f();
    CREATE VIEW von AS SELECT * FROM vo; CREATE VIEW vj AS SELECT w.a, u.a AS c FROM w, u;
    CREATE TRIGGER ti INSTEAD OF INSERT ON vj FOR EACH ROW EXECUTE FUNCTION f();
    CREATE VIEW vr AS SELECT a FROM w; CREATE RULE r AS ON INSERT TO vr DO INSTEAD INSERT INTO u VALUES (new.a);
    CREATE VIEW vs AS SELECT a FROM w; CREATE TRIGGER ts AFTER INSERT ON vs FOR EACH STATEMENT EXECUTE FUNCTION f();
    CREATE VIEW vb AS SELECT a FROM w; CREATE TRIGGER ti INSTEAD OF INSERT ON vb FOR EACH ROW EXECUTE FUNCTION f();
    ALTER TRIGGER ti ON vb RENAME TO tj; ALTER VIEW vb RENAME TO vc;
    CREATE VIEW vd AS SELECT a FROM w; CREATE TRIGGER ti INSTEAD OF INSERT ON vd FOR EACH ROW EXECUTE FUNCTION f();
    DROP TRIGGER ti ON vd;
    CREATE TABLE old (a int); CREATE VIEW vq AS SELECT a FROM old WHERE a IN (SELECT a FROM u);
    CREATE VIEW vqq AS SELECT a FROM vq; ALTER TABLE old RENAME TO n;
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
  func spread(sql: String, expected: String) { expect(expected, of: sql, after: Self.tables) }

  /// The same.
  @Test(
    "reach behind views, and to the tables that are emptied too",
    arguments: [
      ("SELECT * FROM v", "t ACCESS SHARE, v ACCESS SHARE"),
      ("SELECT * FROM vv", "t ACCESS SHARE, u ACCESS SHARE, v ACCESS SHARE, vv ACCESS SHARE"),
      ("SELECT * FROM vm", "m ACCESS SHARE, vm ACCESS SHARE"),
      ("SELECT * FROM v FOR UPDATE", "t ROW SHARE, v ROW SHARE"),
      ("UPDATE v SET b = 'a'", "t ROW EXCLUSIVE, v ROW EXCLUSIVE"),
      ("UPDATE vi SET a = 1", "vi ROW EXCLUSIVE, w ACCESS SHARE"),
      ("DELETE FROM vi", "vi ROW EXCLUSIVE, w ROW EXCLUSIVE"),
      ("INSERT INTO vi VALUES (1)", "vi ROW EXCLUSIVE, w ROW EXCLUSIVE"),
      ("INSERT INTO vo VALUES (1)", "vo ROW EXCLUSIVE"),
      ("INSERT INTO vo SELECT * FROM vo", "vo ROW EXCLUSIVE, w ACCESS SHARE"),
      ("UPDATE vo SET a = 1", "vo ROW EXCLUSIVE, w ROW EXCLUSIVE"),
      ("INSERT INTO von VALUES (1)", "vo ROW EXCLUSIVE, von ROW EXCLUSIVE"),
      ("INSERT INTO vj VALUES (1, 2)", "vj ROW EXCLUSIVE"),
      ("INSERT INTO vr VALUES (1)", "u ROW EXCLUSIVE, vr ROW EXCLUSIVE"),
      ("INSERT INTO vs VALUES (1)", "vs ROW EXCLUSIVE, w ROW EXCLUSIVE"),
      ("INSERT INTO vc VALUES (1)", "vc ROW EXCLUSIVE"),
      ("INSERT INTO vd VALUES (1)", "vd ROW EXCLUSIVE, w ROW EXCLUSIVE"),
      ("UPDATE vq SET a = 1", "n ROW EXCLUSIVE, u ACCESS SHARE, vq ROW EXCLUSIVE"),
      ("INSERT INTO vqq VALUES (1)", "n ROW EXCLUSIVE, u ACCESS SHARE, vq ROW EXCLUSIVE, vqq ROW EXCLUSIVE"),
      (
        "CREATE FUNCTION z() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM v'",
        "t ACCESS SHARE, v ACCESS SHARE"
      ),
      (
        "CREATE FUNCTION z() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM v; END",
        "t ACCESS SHARE, v ACCESS SHARE"
      ),
      ("CREATE FUNCTION z() RETURNS int LANGUAGE sql RETURN (SELECT max(a) FROM w)", "w ACCESS SHARE"),
      (
        "CREATE FUNCTION z() RETURNS void LANGUAGE sql AS 'INSERT INTO w VALUES (1); UPDATE v SET b = NULL; "
          + "SELECT FROM u FOR UPDATE'", "t ROW EXCLUSIVE, u ROW SHARE, v ROW EXCLUSIVE, w ROW EXCLUSIVE"
      ),
      (
        "SET check_function_bodies = off; CREATE FUNCTION z() RETURNS int LANGUAGE sql AS 'SELECT a FROM w'",
        ""
      ),
      ("CREATE FUNCTION z() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT max(a) FROM w); END'", ""),
      (
        "REFRESH MATERIALIZED VIEW m",
        "m ACCESS EXCLUSIVE, t ACCESS SHARE, u ACCESS SHARE, v ACCESS SHARE, vv ACCESS SHARE"
      ),
      ("REFRESH MATERIALIZED VIEW m WITH NO DATA", "m ACCESS EXCLUSIVE"),
      ("CREATE VIEW z AS SELECT * FROM vv", "vv ACCESS SHARE"),
      ("CREATE MATERIALIZED VIEW z AS SELECT * FROM v WITH NO DATA", "v ACCESS SHARE"),
      ("CREATE TABLE z AS SELECT * FROM v", "t ACCESS SHARE, v ACCESS SHARE"),
      ("LOCK TABLE v IN SHARE MODE", "t SHARE, v SHARE"),
      (
        "CREATE POLICY y ON base USING (EXISTS (SELECT 1 FROM v WHERE v.b = 'a'))",
        "base ACCESS EXCLUSIVE, v ACCESS SHARE"
      ),
      (
        "CREATE RULE y AS ON INSERT TO base DO ALSO INSERT INTO x SELECT a FROM vv",
        "base ACCESS EXCLUSIVE, vv ACCESS SHARE, x ROW EXCLUSIVE"
      ),
      (
        "TRUNCATE t CASCADE",
        "q ACCESS EXCLUSIVE, q1 ACCESS EXCLUSIVE, t ACCESS EXCLUSIVE, u ACCESS EXCLUSIVE, w ACCESS EXCLUSIVE, "
          + "x ACCESS EXCLUSIVE"
      ),
      ("TRUNCATE pk1 CASCADE", "pk1 ACCESS EXCLUSIVE, r ACCESS EXCLUSIVE"),
    ])
  func read(sql: String, expected: String) { expect(expected, of: sql, after: Self.tables + Self.readers) }

  private func expect(_ expected: String, of sql: String, after tables: String) {
    var context = ScriptContext()
    _ = ScriptParser.parse(Array(tables.utf8), in: &context)
    let script = ScriptParser.parse(Array(sql.utf8), in: &context)
    let locks = script.statements.flatMap(\.locks).map { "\($0.relation.name) \($0.mode)" }
    #expect(locks.sorted().joined(separator: ", ") == expected)
  }
}
