import Postgres
import Schema
import Testing

@testable import Verification

@Suite("Probe of functions by calling them")
struct ProbeCallTests {
  /// What was found as `anon` of each routine of these names.
  private func entries(_ sql: String, _ names: [String]) async throws -> [ProbeReport.Entry] {
    try await withAccessDatabase(sql) { connection, matrix in
      let routines = matrix.otherObjects.filter { names.contains($0.name) }
      let (_, report) = try await probe(matrix, connection, relations: routines, roles: ["anon"])
      #expect(report.disagreements(with: matrix).isEmpty, "\(report.disagreements(with: matrix))")
      return names.compactMap { name in report.entries.first { $0.table.name == name } }
    }
  }

  private static let kinds = [
    "FUNCTION plain() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
    "FUNCTION strict_one(a int) RETURNS int LANGUAGE sql STRICT IMMUTABLE AS 'SELECT a'",
    "FUNCTION unknown(a point) RETURNS int LANGUAGE sql STRICT IMMUTABLE AS 'SELECT 1'",
    "FUNCTION rows_of(a uuid) RETURNS TABLE (x int) LANGUAGE sql STABLE AS 'SELECT 1 WHERE false'",
    "FUNCTION any_of(a anyelement, b anyarray) RETURNS anyelement LANGUAGE sql AS 'SELECT a'",
    "FUNCTION many(a text, VARIADIC b text[]) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "FUNCTION defaults(a int DEFAULT 1, b text[] DEFAULT ARRAY['x', 'y']) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "FUNCTION fired() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "AGGREGATE added(int) (sfunc = int4pl, stype = int, initcond = '0')",
    "PROCEDURE done(a int, OUT b int) LANGUAGE plpgsql AS 'BEGIN b := a; END'",
    "PROCEDURE ends() LANGUAGE plpgsql AS 'BEGIN COMMIT; END'",
  ]
  private static let names = [
    "plain", "strict_one", "unknown", "rows_of", "any_of", "many", "defaults", "fired", "added", "done",
    "ends",
  ]

  @Test("every kind of routine is called where a role may, with whatever comes of it")
  func allowed() async throws {
    let sql = Self.kinds.map { "CREATE \($0)" }.joined(separator: "; ")
    let entries = try await entries(sql, Self.names)
    #expect(entries.map(\.verdict) == Self.names.map { _ in .allowed })
    #expect(entries.filter(\.isAsked).map(\.table.name) == [])
    #expect(entries.first { $0.table.name == "fired" }?.detail.contains("only be called as triggers") == true)
    #expect(
      entries.first { $0.table.name == "ends" }?.detail.contains("invalid transaction termination") == true)
  }

  @Test("every kind of routine is refused where a role may not, also with arguments that are NULL")
  func refused() async throws {
    let makings = Self.kinds.map { "CREATE \($0)" }.joined(separator: "; ")
    let entries = try await entries(
      makings + "; REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA public FROM PUBLIC, anon", Self.names)
    #expect(entries.map(\.verdict) == Self.names.map { _ in .blocked })
    #expect(entries.filter(\.isAsked).map(\.table.name) == [])
    #expect(entries.first?.detail == "permission denied for function plain")
  }

  @Test("a refusal inside a function is none of the function")
  func insideRefusals() async throws {
    let entries = try await entries(
      """
      CREATE TABLE closed (id int PRIMARY KEY); REVOKE ALL ON closed FROM anon;
      CREATE SCHEMA inner_; GRANT USAGE ON SCHEMA inner_ TO anon;
      CREATE FUNCTION inner_.same() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE ALL ON FUNCTION inner_.same() FROM PUBLIC, anon;
      CREATE FUNCTION same() RETURNS int LANGUAGE sql AS 'SELECT inner_.same()';
      CREATE FUNCTION reads() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT count(*) FROM closed); END';
      CREATE FUNCTION raises(a int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE insufficient_privilege; END';
      """, ["reads", "raises"])
    #expect(entries.map(\.verdict) == [.allowed, .allowed])
    #expect(entries.first?.detail == "it was called, and ended with: permission denied for table closed")
  }

  @Test(
    "a function that reaches outside, or whose text does not tell, is not called, and the reason says why")
  func notCalled() async throws {
    let entries = try await entries(
      """
      CREATE TABLE told (id int PRIMARY KEY); CREATE TABLE child (id int PRIMARY KEY REFERENCES told ON DELETE CASCADE);
      CREATE FUNCTION dblink_exec(text, text) RETURNS text LANGUAGE sql AS 'SELECT $1';
      CREATE FUNCTION tells() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM dblink_exec(''a'', ''b''); RETURN OLD; END';
      CREATE TRIGGER tells AFTER DELETE ON child FOR EACH ROW EXECUTE FUNCTION tells();
      CREATE FUNCTION direct() RETURNS text LANGUAGE sql AS 'SELECT public.dblink_exec(''a'', ''b'')';
      CREATE FUNCTION through() RETURNS text LANGUAGE sql AS 'SELECT direct()';
      CREATE FUNCTION by_trigger() RETURNS void LANGUAGE sql AS 'DELETE FROM told';
      CREATE FUNCTION dynamic(a text) RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE a; END';
      CREATE FUNCTION any_table(a text) RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE format(''DELETE FROM %I'', a); END';
      CREATE FUNCTION locks() RETURNS void LANGUAGE sql AS 'SELECT pg_advisory_lock(1)';
      CREATE FUNCTION queued() RETURNS void LANGUAGE plpgsql AS 'BEGIN PERFORM net.http_post(''x''); END';
      """, ["direct", "through", "by_trigger", "dynamic", "any_table", "locks", "queued"])
    #expect(entries.map(\.isAsked) == [true, true, true, true, true, true, false])
    #expect(entries.allSatisfy { $0.verdict == .allowed })
    let dblink =
      "the server says so; it was not called: it calls public.dblink_exec, which is not rolled back"
    #expect(entries.prefix(2).map(\.detail) == [dblink, dblink])
    #expect(
      entries.dropFirst(3).first?.detail
        == "the server says so; it was not called: it runs SQL that it puts together itself, which may do anything"
    )
  }

  @Test("SQL that a function puts together is judged by its template, and is unknown without one")
  func dynamicSQL() {
    func sql(_ body: String) -> DynamicSQL { DynamicSQL(body: body) }
    #expect(sql("BEGIN RETURN 1; END") == .nothing)
    #expect(sql("BEGIN EXECUTE 'SELECT 1'; GRANT EXECUTE ON FUNCTION f() TO a; END") == .nothing)
    #expect(sql("BEGIN EXECUTE format('DELETE FROM t WHERE a = %L', b) USING c; END") == .nothing)
    #expect(sql("BEGIN RETURN QUERY EXECUTE (format('SELECT * FROM %I', b)); END") == .anyTable)
    #expect(sql("BEGIN EXECUTE format('%s', b); END") == .anything)
    #expect(sql("BEGIN EXECUTE format(b, 'x'); END") == .anything)
    #expect(sql("BEGIN EXECUTE 'SELECT ' || b; END") == .anything)
    #expect(sql("BEGIN EXECUTE format('SELECT 1') || b; END") == .anything)
    #expect(sql("-- it isn't\nBEGIN EXECUTE b; x := 'y'; END") == .anything)
  }

  @Test("a sequence of a table that grants no UPDATE on it gives numbers by USAGE, and all of them come back")
  func sequences() async throws {
    try await withAccessDatabase(
      """
      CREATE SEQUENCE used; SELECT nextval('used'); SELECT nextval('used'); CREATE SEQUENCE shut; CREATE SEQUENCE looked;
      CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY);
      REVOKE ALL ON SEQUENCE shut, looked FROM anon; GRANT SELECT ON SEQUENCE looked TO anon;
      """
    ) { connection, matrix in
      let sequences = matrix.otherObjects.filter { $0.kind == .sequence }
      let (_, report) = try await probe(matrix, connection, relations: sequences, roles: ["anon"])
      #expect(report.disagreements(with: matrix).isEmpty, "\(report.disagreements(with: matrix))")
      #expect(report.entries.allSatisfy { !$0.isAsked })
      let verdicts = Dictionary(uniqueKeysWithValues: report.entries.map { ($0.table.name, $0.verdict) })
      #expect(verdicts["used"] == .allowed)
      #expect(verdicts["shut"] == .blocked)
      #expect(verdicts["looked"] == .blocked)
      #expect(try await connection.query("SELECT nextval('used')").rows.first?[0] == "3")
      #expect(try await connection.query("SELECT is_called FROM shut").rows.first?[0] == "f")
    }
  }
}
