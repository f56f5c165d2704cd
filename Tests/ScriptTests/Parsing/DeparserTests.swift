import Testing

@testable import Script

@Suite("Expressions written anew")
struct DeparserTests {
  @Test(
    "an expression keeps the parentheses without which it would be another",
    arguments: [
      "(at AT TIME ZONE 'UTC')::date", "(at - '1 day'::interval) AT TIME ZONE 'UTC'",
      "at AT TIME ZONE (a || b)", "(a AND b) IS NULL", "(a OR b) IS NOT TRUE", "(NOT a)::int = 1",
      "(NOT a IN (SELECT b FROM t)) IS NULL", "(a = b) IN (true)", "(a OR b) LIKE c", "a LIKE (b = c)",
      "a BETWEEN (b AND c) AND d", "(a IS DISTINCT FROM b) IS NULL", "(ARRAY[a, b])[1]",
      "(CASE WHEN a THEN b END).c", "- (at AT TIME ZONE 'UTC')", "a = (b IS TRUE)",
      "f((a OR b) IS NULL, (at AT TIME ZONE 'UTC')::date)",
      "(SELECT (x AND y) IS NULL FROM t WHERE (x OR y) IS TRUE)",
    ])
  func kept(expression: String) throws { #expect(try Self.written(expression) == expression) }

  @Test(
    "no others are added",
    arguments: [
      "a IS NULL AND b IS NULL", "a::int + b", "at AT TIME ZONE 'UTC' > b", "a AND (b OR c)", "a = b IS TRUE",
      "a || b LIKE c", "(a = ANY(b)) = c", "lower(a)::text",
    ])
  func bare(expression: String) throws { #expect(try Self.written(expression) == expression) }

  private static func written(_ expression: String) throws -> String {
    try SyntaxTree.withStatements(of: "SELECT \(expression)") { statements in
      statements.map(Deparser.statement).joined().dropFirst("SELECT ".count)
    }.map(String.init).get()
  }
}
