import Testing

@testable import Verification

@Suite("Fingerprints")
struct FingerprintTests {
  @Test(
    "what a file says and what the server makes of it have one fingerprint",
    arguments: [
      ("auth.uid() = user_id", "(auth.uid() = telemetry.user_id)"),
      ("(SELECT auth.uid()) = user_id", "(( SELECT auth.uid() AS uid) = user_id)"),
      ("status = 'active'", "(status = 'active'::public.status)"),
      ("kind IN ('a', 'b')", "(kind = ANY (ARRAY['a'::text, 'b'::text]))"),
      (
        "kind IN ('a', 'b')",
        "((kind)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"
      ),
      ("tier >= -10 AND tier<=-1", "((tier >= '-10'::integer) AND (tier <= '-1'::integer))"),
      ("size < 3000000000", "(size < '3000000000'::bigint)"), ("-1.5", "'-1.5'::numeric"),
      ("code = '10'", "(code = '10'::text)"),
      ("a != b", "(a <> b)"), ("name LIKE 'x%'", "(name ~~ 'x%'::text)"),
      ("amount > 0", "(amount > (0)::numeric(10,2))"), ("NOW()", "CURRENT_TIMESTAMP"),
      ("at > '2024-01-01'::timestamptz", "(at > '2024-01-01'::timestamp with time zone)"),
      ("a BETWEEN 1 AND 5", "((a >= 1) AND (a <= 5))"),
      ("b OR length(a) NOT BETWEEN 1 AND 5", "(b OR ((length(a) < 1) OR (length(a) > 5)))"),
      ("a NOT IN ('x', 'y')", "(a <> ALL (ARRAY['x'::text, 'y'::text]))"), ("a IN ('x')", "(a = 'x'::text)"),
      ("a NOT IN ('x')", "((a)::text <> 'x'::text)"),
      ("id NOT IN (SELECT id FROM u)", "(NOT (id IN ( SELECT u.id FROM u)))"),
      ("a IS NOT DISTINCT FROM b", "(NOT (a IS DISTINCT FROM b))"),
      ("a NOT ILIKE 'x%'", "(a !~~* 'x%'::text)"),
      ("a SIMILAR TO '(x|y)%'", "(a ~ similar_to_escape('(x|y)%'::text))"),
      ("CASE WHEN a > 1 THEN b END", "\nCASE\n    WHEN (a > 1) THEN b\n    ELSE NULL::boolean\nEND"),
      ("extract ('year' FROM d) > 2000", "(EXTRACT(year FROM d) > (2000)::numeric)"),
      ("substring(a FROM '^x')", "\"substring\"(a, '^x'::text)"), ("TRIM (BOTH  FROM a)", "btrim(a)"),
      ("'24 hours'::interval", "'24:00:00'::interval"), ("'1 week'::interval", "'7 days'::interval"),
      ("'2020-01-01'::timestamp", "'2020-01-01 00:00:00'::timestamp without time zone"),
      ("'2020-01-01T10:00:00Z'", "'2020-01-01 10:00:00+00'::timestamp with time zone"),
      ("E'^\\\\d+$'", "'^\\d+$'::text"),
      ("CAST(a ->> 'n' AS numeric(10, 2)) > 2", "(((a ->> 'n'::text))::numeric(10,2) > (2)::numeric)"),
      ("(a, b) < (c, 2) AND ROW(a, b) >= (c, d)", "((ROW(a, b) < ROW(c, 2)) AND (ROW(a, b) >= ROW(c, d)))"),
      ("(a, b) = (c, f(1, 2)) OR e", "(((a = c) AND (b = f(1, 2))) OR e)"),
      ("(a, b) != (c, d)", "((a <> c) OR (b <> d))"),
      ("e AND (a, b) IN ((1, 2), (3, 4))", "(e AND (((a = 1) AND (b = 2)) OR ((a = 3) AND (b = 4))))"),
      ("(a, b) NOT IN ((1, 2), (3, 4))", "(((a <> 1) OR (b <> 2)) AND ((a <> 3) OR (b <> 4)))"),
      ("f(a, b) = (c)", "(f(a, b) = c)"),
      ("a BETWEEN SYMMETRIC b AND c", "(((a >= b) AND (a <= c)) OR ((a >= c) AND (a <= b)))"),
      ("a NOT BETWEEN SYMMETRIC b AND c", "(((a < b) OR (a > c)) AND ((a < c) OR (a > b)))"),
      ("b = 't'", "(b = true)"), ("n = '2'", "(n = 2)"), ("a >= .5", "(a >= 0.5)"),
    ])
  func equal(file: String, server: String) { #expect(Fingerprint.of(file) == Fingerprint.of(server)) }

  @Test(
    "two different definitions have two",
    arguments: [
      ("auth.uid() = user_id", "auth.uid() = owner_id"), ("a > 1", "a > 2"), ("a = 'x'", "a = 'X'"),
      ("a AND b", "a OR b"), ("a > -1", "a > '1'::bigint"), ("a > -1", "a > '-2'::integer"), ("a", "NOT a"),
      ("\"A\" = 1", "a = 1"), ("a > 0.5", "a > 1.5"), ("a BETWEEN 1 AND 5", "a BETWEEN 1 AND 6"),
      ("a NOT IN (1, 2)", "a IN (1, 2)"), ("a IN (1)", "a IN (1, 2)"), ("'1 day'", "'25 hours'"),
      ("E'\\\\d'", "E'\\\\w'"), ("a IS DISTINCT FROM b", "a IS NOT DISTINCT FROM b"),
    ])
  func different(left: String, right: String) { #expect(Fingerprint.of(left) != Fingerprint.of(right)) }

  @Test("a function's body is read from any kind of quotes, and line ends are folded")
  func bodies() {
    #expect(FunctionBody.text(of: "CREATE FUNCTION f() AS $$ x $$ LANGUAGE sql") == " x ")
    #expect(
      FunctionBody.text(of: "CREATE FUNCTION f(a text DEFAULT '$$') AS $b$ it's $$ \r\n$b$")
        == " it's $$ \n")
    #expect(FunctionBody.text(of: "CREATE FUNCTION f() LANGUAGE sql AS 'it''s'") == "it's")
    #expect(FunctionBody.text(of: "CREATE FUNCTION f() LANGUAGE sql RETURN 1") == nil)
    #expect(FunctionBody.text(of: "") == nil)
  }
}
