import Migrations
import Schema
import Testing
import Verification

@Suite("Expectations")
struct ExpectationTests {
  private let snapshot: Snapshot = Snapshot(objects: [
    table("a"), column("a", "id", "uuid", isNullable: false), column("a", "at", "timestamp with time zone"),
    column("a", "m", "public.mood"), function("f", body: "SELECT 1"),
    SchemaObject(identity: .rowSecurity("public", "a")), table("b"),
  ])

  private func code(
    _ claim: Migrations.Expectation.Claim, ask: (String) async throws -> QueryAnswer = { _ in .text(nil) }
  ) async throws -> String {
    let project = Project(
      name: "p", root: "/",
      expectations: [Migrations.Expectation(claim: claim, location: FileLocation(file: "signalbox.toml"))])
    let findings = try await Verifier.findings(of: project, statuses: [], snapshot: snapshot, ask: ask)
    #expect(findings.count == 1)
    return findings.first?.code ?? ""
  }

  @Test("an object is there or it is not")
  func existence() async throws {
    #expect(try await code(.exists(.table("public", "a"))) == "expectation.met")
    #expect(try await code(.exists(.table("public", "z"))) == "expectation.missing")
    #expect(try await code(.absent(.table("public", "z"))) == "expectation.met")
    #expect(try await code(.absent(.table("public", "a"))) == "expectation.absent")
  }

  @Test("a function without argument types is any of that name")
  func overloads() async throws {
    #expect(
      try await code(.exists(ObjectIdentity(.function, schema: "public", name: "f"))) == "expectation.met")
    #expect(try await code(.exists(.function("public", "f", "uuid"))) == "expectation.missing")
  }

  @Test(
    "a column's type may be spelled in any way that PostgreSQL knows",
    arguments: [
      ("id", "UUID", "expectation.met"), ("at", "timestamptz", "expectation.met"),
      ("m", "mood", "expectation.met"),
      ("m", "public.mood", "expectation.met"), ("m", "other.mood", "expectation.column-type"),
      ("id", "text", "expectation.column-type"), ("gone", "text", "expectation.missing"),
    ])
  func columnType(name: String, type: String, expected: String) async throws {
    let found = try await code(.column(.column("public", "a", name), type: type, isNullable: nil))
    #expect(found == expected)
  }

  @Test("a column accepts NULL or it does not")
  func nullability() async throws {
    let id = ObjectIdentity.column("public", "a", "id")
    #expect(try await code(.column(id, type: nil, isNullable: false)) == "expectation.met")
    #expect(try await code(.column(id, type: nil, isNullable: true)) == "expectation.column-nullability")
  }

  @Test("row security is on or off, and a table that is not there has none")
  func rowSecurity() async throws {
    #expect(try await code(.rowSecurity(table: .table("public", "a"), isEnabled: true)) == "expectation.met")
    #expect(
      try await code(.rowSecurity(table: .table("public", "a"), isEnabled: false))
        == "expectation.row-security")
    #expect(
      try await code(.rowSecurity(table: .table("public", "b"), isEnabled: true))
        == "expectation.row-security")
    #expect(
      try await code(.rowSecurity(table: .table("public", "z"), isEnabled: true)) == "expectation.missing")
    #expect(
      try await code(.rowSecurity(table: .table("public", "z"), isEnabled: false)) == "expectation.missing")
  }

  @Test("objects of a kind are counted")
  func counts() async throws {
    #expect(try await code(.count(.table, schema: "public", expected: 2)) == "expectation.met")
    #expect(try await code(.count(.table, schema: "public", expected: 3)) == "expectation.count")
    #expect(try await code(.count(.table, schema: "auth", expected: 0)) == "expectation.met")
  }

  @Test("a query's answer is compared as text; NULL, no row and a refusal are no answers")
  func queries() async throws {
    #expect(try await answered(.text("1")) == "expectation.met")
    #expect(try await answered(.text("2")) == "expectation.query")
    #expect(try await answered(.text(nil)) == "expectation.query")
    #expect(try await answered(.refused("no such table")) == "expectation.query")
  }

  private func answered(_ answer: QueryAnswer) async throws -> String {
    try await code(.query("SELECT 1", answer: "1")) { $0 == "SELECT 1" ? answer : .refused("another query") }
  }

  @Test("what the one who asks throws ends the verification")
  func lostConnection() async {
    struct Lost: Error {}
    await #expect(throws: Lost.self) { try await code(.query("q", answer: "1")) { _ in throw Lost() } }
  }
}
