import Schema
import Script
import Testing

@testable import Migrations

@Suite("Expectations of the project file")
struct DeclaredExpectationTests {
  private func claims(_ toml: String) throws -> [Migrations.Expectation.Claim] {
    try readProject(["001_a.sql": "", "signalbox.toml": "[[expect]]\n" + toml]).expectations.map(\.claim)
  }

  @Test("objects of every kind can be expected, in public where no schema is named")
  func objects() throws {
    #expect(try claims("table = 'telemetry'") == [.exists(.table("public", "telemetry"))])
    #expect(
      try claims("table = ['a', 'app.b']") == [.exists(.table("public", "a")), .exists(.table("app", "b"))])
    #expect(
      try claims("view = 'reports.\"weekly.sales\"'")
        == [.exists(ObjectIdentity(.view, schema: "reports", name: "weekly.sales"))])
    #expect(
      try claims("function = 'app.f(uuid,  text[])'") == [.exists(.function("app", "f", "uuid, text[]"))])
    #expect(try claims("function = 'f()'") == [.exists(.function("public", "f", ""))])
    #expect(
      try claims("function = 'f'")
        == [.exists(ObjectIdentity(.function, schema: "public", name: "f"))])
    #expect(try claims("extension = 'pgcrypto'") == [.exists(ObjectIdentity(.extension, name: "pgcrypto"))])
    #expect(try claims("policy = 'Own rows on app.t'") == [.exists(.policy("app", "t", "Own rows"))])
    #expect(
      try claims("column = 'telemetry.user_id'") == [.exists(.column("public", "telemetry", "user_id"))])
  }

  @Test("a table's parts are expected with it")
  func parts() throws {
    #expect(
      try claims(
        """
        table = "app.telemetry"
        columns = { user_id = "uuid", note = { type = "text", nullable = false } }
        rls = true
        indexes = ["idx_user"]
        policies = ["Own rows"]
        triggers = ["touch"]
        constraints = ["telemetry_pkey"]
        """) == [
          .exists(.table("app", "telemetry")),
          .column(.column("app", "telemetry", "user_id"), type: "uuid", isNullable: nil),
          .column(.column("app", "telemetry", "note"), type: "text", isNullable: false),
          .rowSecurity(table: .table("app", "telemetry"), isEnabled: true),
          .exists(.index("app", "idx_user")),
          .exists(.policy("app", "telemetry", "Own rows")),
          .exists(.trigger("app", "telemetry", "touch")),
          .exists(.constraint("app", "telemetry", "telemetry_pkey")),
        ])
    #expect(
      try claims("table = 't'\ncolumns = ['a']").last
        == .column(.column("public", "t", "a"), type: nil, isNullable: nil))
  }

  @Test("absence, counts and answers can be expected")
  func others() throws {
    #expect(try claims("table = 'old'\nabsent = true") == [.absent(.table("public", "old"))])
    #expect(
      try claims("absent = ['table old', 'materialized_view app.v']") == [
        .absent(.table("public", "old")),
        .absent(ObjectIdentity(.materializedView, schema: "app", name: "v")),
      ])
    #expect(
      try claims("count = { kind = 'policy', schema = 'app', expected = 16 }")
        == [.count(.policy, schema: "app", expected: 16)])
    #expect(
      try claims("count = [{ kind = 'table', expected = 4 }]") == [
        .count(.table, schema: "public", expected: 4)
      ])
    #expect(try claims("query = 'SELECT 1'\nanswer = '1'") == [.query("SELECT 1", answer: "1")])
  }

  @Test("an expectation belongs to its migration and knows its place")
  func belonging() throws {
    let project = try readProject([
      "001_a.sql": "", "signalbox.toml": "[[expect]]\nmigration = '001'\ntable = 't'",
    ])
    #expect(project.expectations.first?.migration == "001_a")
    #expect(project.expectations.first?.location.description == "signalbox.toml:3:9")
  }
}
