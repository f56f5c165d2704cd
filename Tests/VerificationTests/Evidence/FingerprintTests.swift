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
    ])
  func equal(file: String, server: String) { #expect(Fingerprint.of(file) == Fingerprint.of(server)) }

  @Test(
    "two different definitions have two",
    arguments: [
      ("auth.uid() = user_id", "auth.uid() = owner_id"), ("a > 1", "a > 2"), ("a = 'x'", "a = 'X'"),
      ("a AND b", "a OR b"), ("a > -1", "a > '1'::bigint"), ("a > -1", "a > '-2'::integer"), ("a", "NOT a"),
      ("\"A\" = 1", "a = 1"),
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
