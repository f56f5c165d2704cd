import Script
import Testing

@Suite("Subqueries whose comparisons a plan shows")
struct VisibleSubqueriesTests {
  @Test(
    "are put so that they cannot be hashed",
    arguments: [
      ("SELECT a IN (SELECT b FROM t)", "SELECT a = ANY(ARRAY(SELECT b FROM t))"),
      ("SELECT a NOT IN (SELECT b FROM t)", "SELECT NOT a = ANY(ARRAY(SELECT b FROM t))"),
      ("SELECT a > ALL (SELECT b FROM t)", "SELECT a > ALL(ARRAY(SELECT b FROM t))"),
      (
        "SELECT a OR EXISTS (SELECT * FROM t WHERE b = a)",
        "SELECT a OR EXISTS (SELECT 0 FROM t WHERE b = a OFFSET 0)"
      ),
      ("SELECT EXISTS (SELECT count(*), b FROM t)", "SELECT EXISTS (SELECT count(*), b FROM t OFFSET 0)"),
      ("SELECT EXISTS (SELECT a, b FROM t LIMIT 1)", nil),
      (
        "SELECT a IN (SELECT b FROM t WHERE b IN (SELECT c FROM u))",
        "SELECT a = ANY(ARRAY(SELECT b FROM t WHERE b = ANY(ARRAY(SELECT c FROM u))))"
      ),
      ("SELECT (a, b) IN (SELECT c, d FROM t)", nil), ("SELECT (SELECT a)", nil), ("SELECT a IN (1, 2)", nil),
      ("not SQL", nil),
    ] as [(String, String?)])
  func rewriting(_ query: String, _ expected: String?) {
    #expect(VisibleSubqueries.rewrite(query) == expected)
  }
}
