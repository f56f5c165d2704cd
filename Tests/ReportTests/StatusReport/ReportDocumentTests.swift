import JSON
import Migrations
import Schema
import Script
import Testing
import Verification

@testable import Report

@Suite("The status report")
struct ReportDocumentTests {
  private static let table = ObjectIdentity.table("public", "notes")
  private static let column = ObjectIdentity.column("public", "notes", "owner")

  private func project() -> Project {
    func script(_ effects: [Effect], comment: String) -> ParsedScript {
      ParsedScript(
        statements: [
          Statement(
            index: 0, text: "SELECT 1", byteRange: 0..<8, position: SourcePosition(line: 3, column: 1),
            tag: "",
            effects: effects)
        ],
        comments: [
          ScriptComment(
            text: "-- requires: nothing of note", byteRange: 0..<1,
            position: SourcePosition(line: 1, column: 1),
            statement: 0, isInsideStatement: false),
          ScriptComment(
            text: "-- \(comment)", byteRange: 0..<1, position: SourcePosition(line: 2, column: 1),
            statement: 0,
            isInsideStatement: false),
        ])
    }
    return Project(
      name: "p", root: "p",
      migrations: [
        Migration(
          id: "001_notes", version: "001", name: "notes", file: "001_notes.sql",
          script: script([Effect(.creates, Self.table)], comment: "Notes. And more.")),
        Migration(
          id: "002_owner", version: "002", name: "owner", file: "002_owner.sql",
          script: script([Effect(.creates, Self.column)], comment: "Who owns a note"),
          notes: MigrationNotes(priority: "high", impact: "nobody | owns it")),
        Migration(
          id: "003_test", version: "003", name: "test", file: "_skipped/003_test.sql", place: .skipped,
          notes: MigrationNotes(skipReason: "only a test")),
      ], phases: [Phase(name: "All", migrations: ["001_notes", "002_owner"])],
      components: [
        Component(name: "Web", needs: ["001_notes"], test: "it loads"),
        Component(name: "Sharing", needs: ["002_owner"]), Component(name: "Search", wants: ["002_owner"]),
      ])
  }

  private func facts(runs: [RunRecord] = []) -> ReportFacts {
    let project = project()
    let graph = RequirementGraph(project)
    func evidence(_ object: ObjectIdentity, _ verdict: EvidenceItem.Verdict) -> Evidence {
      Evidence(items: [EvidenceItem(object: object, action: .creates, verdict: verdict)])
    }
    let statuses = [
      MigrationStatus(id: "001_notes", state: .applied, evidence: evidence(Self.table, .found)),
      MigrationStatus(id: "002_owner", state: .pending, evidence: evidence(Self.column, .missing)),
      MigrationStatus(id: "003_test", state: .skipped),
    ]
    return ReportFacts(
      project: project, graph: graph,
      database: StatusDocument.Database(name: "db", host: "h", version: "17.6"), role: "r",
      snapshot: Snapshot(objects: [SchemaObject(identity: Self.table)]), statuses: statuses,
      history: History(),
      findings: [
        Finding(code: FindingCode.evidenceFound, severity: .pass, migration: "001_notes", message: "there"),
        Finding(
          code: FindingCode.migrationPending, severity: .warning, migration: "002_owner", message: "pending"),
      ],
      plan: Planner.plan(["002_owner"], of: project, graph: graph, statuses: statuses), runs: runs,
      time: 1_770_336_271, generator: "test")
  }

  @Test("says how many migrations stand how, and since when")
  func summary() {
    let text = ReportDocument(facts()).markdown
    #expect(text.contains("**Generated:** 2026-02-06T00:04:31Z"))
    #expect(text.contains("p has **3 migrations**:"))
    #expect(text.contains("- **1 applied** (001): All"))
    #expect(text.contains("- **1 pending** (002): All"))
    #expect(text.contains("⚠️ **NEEDS ACTION**: 1 migration pending"))
  }

  @Test("what a pending migration changes follows from its effects on the database as it is")
  func changes() {
    let text = ReportDocument(facts()).markdown
    #expect(text.contains("- Adds column `public.notes.owner`"))
    #expect(text.contains("- **Impact:** nobody | owns it"))
    #expect(text.contains("- **Purpose:** Who owns a note"))
    #expect(text.contains("- column: `public.notes.owner`"))
  }

  @Test("a purpose that nobody declared is the first sentence of the file, its directives passed over")
  func purpose() {
    #expect(ReportDocument(facts()).markdown.contains("`001_notes`: Notes |"))
  }

  @Test("components work as far as what they need is in")
  func compatibility() {
    let text = ReportDocument(facts()).markdown
    #expect(text.contains("| Component | All (002) | Now |"))
    #expect(text.contains("| Web | ✅ full | ✅ full |"))
    #expect(text.contains("| Sharing | ✅ full | ❌ none |"))
    #expect(text.contains("| Search | ✅ full | ⚠️ partial |"))
    #expect(text.contains("- [ ] Web: it loads (by hand)"))
  }

  @Test("boxes are ticked by evidence")
  func checklist() {
    let text = ReportDocument(facts()).markdown
    #expect(text.contains("- [x] Everything that the applied migrations made is there (1 of 1 checks)"))
    #expect(text.contains("- [ ] All: 1 of 2 objects"))
    #expect(text.contains("- [ ] 1 migration still open"))
  }

  @Test("skipped ones come with their reason")
  func skipped() {
    #expect(ReportDocument(facts()).markdown.contains("| `003_test.sql` | skipped | only a test |"))
  }

  @Test("runs are shown with what became of their migrations")
  func runs() {
    let run = RunRecord(
      id: 7, startedAt: 1_770_336_000, finishedAt: 1_770_336_002.5, operatorName: "ada", host: "desk",
      mode: "straight", outcome: "done",
      migrations: [.init(id: "001_notes", outcome: "applied", milliseconds: 12)])
    #expect(
      ReportDocument(facts(runs: [run])).markdown.contains(
        "| 7 | 2026-02-06T00:00:00Z | ada on desk | straight | done | `001_notes` applied, 12 ms | 2.5 s |"))
  }

  @Test("JSON has every section under a name of its own")
  func json() {
    guard case .object(let members) = ReportDocument(facts()).json else {
      Issue.record("the document is no object")
      return
    }
    let names = members.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.first == "project")
    #expect(names.contains("open"))
    #expect(names.contains("checklist"))
  }
}
