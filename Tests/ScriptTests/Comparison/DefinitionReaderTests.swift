import Script
import Testing

/// A statement, and the parts that it gives its object, one `name = value` each.
struct TakenApart: CustomTestStringConvertible {
  var sql: String
  var parts: [String]
  var testDescription: String { sql }

  init(_ sql: String, _ parts: String...) {
    self.sql = sql
    self.parts = parts
  }
}

@Suite("Definitions taken apart")
struct DefinitionReaderTests {
  private static let bodies = [
    TakenApart(
      "CREATE FUNCTION f(a int, numeric) RETURNS numeric LANGUAGE sql RETURN a * 2 + $2",
      "name of argument 1 = a", "type of argument 1 = int4", "mode of argument 1 = IN",
      "type of argument 2 = numeric", "mode of argument 2 = IN", "result = numeric", "language = sql",
      "returned value = (a * 2) + $2"),
    TakenApart(
      "CREATE PROCEDURE p() BEGIN ATOMIC DELETE FROM t WHERE a = 1; SELECT 1; END",
      "language = sql", "statement 1 of the body = DELETE", "table of statement 1 of the body = t",
      "condition of statement 1 of the body = a = 1", "statement 2 of the body = SELECT 1"),
  ]

  @Test("a function's body in SQL is taken apart statement by statement", arguments: bodies)
  func functions(_ taken: TakenApart) {
    #expect(DefinitionReader.function(taken.sql)?.map { "\($0.name) = \($0.value.text)" } == taken.parts)
  }

  private static let rareObjects = [
    TakenApart(
      "CREATE RULE r AS ON UPDATE TO t WHERE new.a > 1 DO ALSO (INSERT INTO s.u (x) VALUES (new.a); NOTIFY n)",
      "event = UPDATE", "kind = ALSO", "WHERE = new.a > 1", "action 1 = INSERT", "table of action 1 = s.u",
      "columns of action 1 = x", "value 1 of action 1 = new.a", "action 2 = NOTIFY n"),
    TakenApart(
      "CREATE OPERATOR s.=== (LEFTARG = text, RIGHTARG = text, PROCEDURE = s.f, COMMUTATOR = OPERATOR(s.===), MERGES)",
      "function = s.f", "commutator = s.===", "merges = yes"),
    TakenApart(
      "CREATE AGGREGATE g (int) (SFUNC = int4pl, STYPE = int, INITCOND = '0', PARALLEL = UNSAFE)",
      "sfunc = int4pl", "stype = int4", "initcond = 0"),
    TakenApart(
      "CREATE TABLE t PARTITION OF p FOR VALUES FROM (MINVALUE, 1) TO (2, MAXVALUE) WITH (autovacuum_enabled = off)",
      "lower bound 1 = MINVALUE", "lower bound 2 = 1", "upper bound 1 = 2", "upper bound 2 = MAXVALUE",
      "storage parameter autovacuum_enabled = false"),
    TakenApart(
      "CREATE USER MAPPING FOR u SERVER s OPTIONS (\"user\" 'a', password 'b')", "option user = a",
      "option password = …"),
    TakenApart(
      "CREATE ROLE r NOSUPERUSER LOGIN NOINHERIT CONNECTION LIMIT 2", "attribute LOGIN = LOGIN",
      "attribute INHERIT = NOINHERIT", "connection limit = 2"),
    TakenApart(
      "CREATE EVENT TRIGGER e ON sql_drop WHEN tag IN ('drop view', 'DROP TABLE') EXECUTE PROCEDURE s.f()",
      "event = sql_drop", "function = s.f", "WHEN TAG = DROP TABLE, DROP VIEW"),
    TakenApart("CREATE CAST (a AS b) WITH INOUT AS IMPLICIT", "method = INOUT", "context = AS IMPLICIT"),
    TakenApart(
      "CREATE STATISTICS s (mcv, ndistinct, dependencies) ON b, a, (a + b) FROM t", "columns = a, b",
      "expression 1 = a + b", "table = t"),
  ]

  @Test("the rarer objects are taken apart, without what is the default", arguments: rareObjects)
  func objects(_ taken: TakenApart) {
    #expect(DefinitionReader.object(taken.sql)?.map { "\($0.name) = \($0.value.text)" } == taken.parts)
  }

  @Test("a rule whose action has a query before it is taken apart together with the query")
  func queryBefore() {
    let parts = DefinitionReader.object(
      "CREATE RULE r AS ON INSERT TO t DO INSTEAD WITH w AS (SELECT 1 AS a) UPDATE u SET b = 2 FROM w WHERE w.a = u.b"
    )
    #expect(
      parts?.map { "\($0.name) = \($0.value.text)" } == [
        "event = INSERT", "kind = INSTEAD", "action 1 = UPDATE", "table of action 1 = u",
        #"value of b in action 1 = WITH w AS (SELECT 1 AS a) SELECT 2 FROM ONLY "u" AS "u", w"#,
        #"condition of action 1 = WITH w AS (SELECT 1 AS a) SELECT w.a = u.b FROM ONLY "u" AS "u", w"#,
      ])
  }

  @Test("a rule whose action has a change of rows before it is more than can be compared")
  func incomparable() {
    #expect(
      DefinitionReader.object(
        """
        CREATE RULE r AS ON INSERT TO t DO INSTEAD WITH w AS (DELETE FROM v RETURNING a) INSERT INTO u SELECT a FROM w
        """) == nil)
  }
}
