import Migrations
import Schema
import Testing
import Verification

@Suite("Findings")
struct VerifierTests {
  private let location = FileLocation(file: "signalbox.toml")

  private func project(priority: String? = nil, place: Migration.Place = .active) -> Project {
    var second = migration("002", place: place, [creates(table("b")), creates(column("b", "x"))])
    second.notes.priority = priority
    return Project(
      name: "p", root: "/", migrations: [migration("001", [creates(table("a"))]), second],
      expectations: [
        Migrations.Expectation(migration: "002", claim: .exists(.table("public", "b")), location: location),
        Migrations.Expectation(claim: .exists(.table("public", "a")), location: location),
      ])
  }

  /// `evidence.found pass 001` for each finding.
  private func lines(
    _ project: Project, _ objects: [SchemaObject], selection: Set<MigrationID>? = nil
  ) async throws -> [String] {
    let snapshot = Snapshot(objects: objects)
    let statuses = StateJudge.statuses(
      of: project, history: History(), evidence: EvidenceJudge(project).evidence(in: snapshot))
    let findings = try await Verifier.findings(
      of: project, statuses: statuses, snapshot: snapshot, selection: selection, ask: { _ in .text(nil) })
    return findings.map { "\($0.code) \($0.severity.rawValue) \($0.migration?.rawValue ?? "-")" }
  }

  @Test("everything applied: all passed, no failure, no warning")
  func complete() async throws {
    let found = try await lines(project(priority: "HIGH"), [table("a"), table("b"), column("b", "x")])
    #expect(
      found == [
        "evidence.found pass 001", "evidence.found pass 002", "evidence.found pass 002",
        "expectation.met pass 002",
        "expectation.met pass -",
      ])
  }

  @Test("a pending migration is a warning, and so is what it is still expected to do")
  func pending() async throws {
    let found = try await lines(project(), [table("a")])
    #expect(
      found == [
        "evidence.found pass 001", "migration.pending warning 002", "expectation.missing warning 002",
        "expectation.met pass -",
      ])
  }

  @Test("what a pending migration of high priority is still expected to do is a failure")
  func urgent() async throws {
    let found = try await lines(project(priority: "High"), [table("a")])
    #expect(
      found == [
        "evidence.found pass 001", "migration.pending warning 002", "expectation.missing failure 002",
        "expectation.met pass -",
      ])
  }

  @Test("what an applied migration left and is not there any more is a failure")
  func partial() async throws {
    let found = try await lines(project(), [table("a"), table("b")])
    #expect(
      found == [
        "evidence.found pass 001", "evidence.found pass 002", "evidence.missing failure 002",
        "expectation.met pass 002", "expectation.met pass -",
      ])
  }

  @Test("nothing is asked of skipped migrations")
  func skipped() async throws {
    let found = try await lines(project(place: .skipped), [table("a")])
    #expect(
      found == [
        "evidence.found pass 001", "expectation.met pass -",
      ])
  }

  @Test("with a selection, only its migrations are checked")
  func selection() async throws {
    let found = try await lines(project(), [table("a")], selection: ["002"])
    #expect(
      found == [
        "migration.pending warning 002", "expectation.missing warning 002",
      ])
  }

  @Test("a finding of evidence says where in the files its object is made")
  func location() async throws {
    let project = project()
    let snapshot = Snapshot(objects: [table("a"), table("b"), column("b", "x", "text")])
    let statuses = StateJudge.statuses(
      of: project, history: History(), evidence: EvidenceJudge(project).evidence(in: snapshot))
    let findings = try await Verifier.findings(
      of: project, statuses: statuses, snapshot: snapshot, ask: { _ in .text(nil) })
    let finding = try #require(findings.first { $0.severity == .failure })
    #expect(finding.code == "evidence.differs")
    #expect(finding.location?.description == "002.sql:1:1")
    #expect(finding.message == "column public.b.x is not as 002 leaves it: its type is text, not integer")
  }

  @Test("findings are counted by severity")
  func summary() {
    let findings = [Finding.Severity.pass, .pass, .warning, .failure, .failure, .failure].map {
      Finding(code: "x", severity: $0, message: "")
    }
    let summary = FindingSummary(findings)
    #expect((summary.passed, summary.warnings, summary.failed) == (2, 1, 3))
  }

  @Test("codes are unique")
  func codes() { #expect(Set(FindingCode.all).count == FindingCode.all.count) }
}
