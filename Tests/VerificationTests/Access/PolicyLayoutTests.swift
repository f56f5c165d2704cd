import Testing
import Verification

@Suite("A policy's expression, laid out")
struct PolicyLayoutTests {
  @Test(
    "a line for each AND and OR on the outermost level",
    arguments: [
      ("(auth.uid() = user_id)", ["auth.uid() = user_id"]),
      (
        "((auth.uid() = user_id) AND (tier = 'a OR b'::text) AND (status = 'on'::text))",
        ["(auth.uid() = user_id)", "AND (tier = 'a OR b'::text)", "AND (status = 'on'::text)"]
      ),
      ("(a = 1) OR (b = 2)", ["(a = 1)", "OR (b = 2)"]),
      ("(a AND b) OR (c AND d)", ["(a AND b)", "OR (c AND d)"]),
      ("a BETWEEN 1 AND 2 AND b", ["a BETWEEN 1 AND 2", "AND b"]),
      ("(EXISTS ( SELECT 1\n   FROM t\n  WHERE (x = y)))", ["EXISTS ( SELECT 1 FROM t WHERE (x = y))"]),
      ("\"a (b\" = 1 AND c", ["\"a (b\" = 1", "AND c"]), ("true", ["true"]), ("", [""]),
    ])
  func lines(expression: String, lines: [String]) {
    #expect(PolicyLayout.lines(of: expression) == lines)
  }
}
