import Schema
import Script
import Testing

@testable import Migrations

@Suite("The state of a migration")
struct StateJudgeTests {
  /// Evidence with so many objects found and so many missing.
  private static func evidence(_ found: Int, _ missing: Int = 0) -> Evidence {
    Evidence(
      items: (0..<(found + missing)).map { index in
        EvidenceItem(
          object: .table("public", "t\(index)"), action: .creates, verdict: index < found ? .found : .missing)
      })
  }

  private static func entry(_ state: HistoryEntry.State, checksum: String = "abc") -> HistoryEntry {
    HistoryEntry(id: "001_a", checksum: checksum, state: state, statementsDone: 2, statementsTotal: 5)
  }

  struct Case: Sendable {
    var place = Migration.Place.active
    var history: HistoryEntry?
    var tools: [String] = []
    var evidence: Evidence?
    var neighbour = StateJudge.NeighbourTestimony.nothing
    var state: MigrationState
    var note: String?
  }

  private static let cases: [Case] = [
    Case(
      place: .archived, history: entry(.applied), state: .archived, note: "but the history says that it is in"
    ),
    Case(place: .skipped, evidence: evidence(1), state: .skipped, note: "all that it would make is there"),
    Case(place: .skipped, state: .skipped),
    Case(
      history: entry(.running), evidence: evidence(1, 2), state: .interrupted,
      note: "nobody saw its end; 2 of 5 statements are recorded as done; 1 of 3 objects are there"),
    Case(
      history: entry(.failed), evidence: evidence(3), state: .failed,
      note: "2 of 5 statements stay; 3 of 3 objects are there"),
    Case(history: entry(.skipped), state: .skipped, note: "the operator skipped it"),
    Case(history: entry(.applied), evidence: evidence(2), state: .applied),
    Case(history: entry(.applied), state: .applied),
    Case(history: entry(.applied), evidence: evidence(0), state: .applied),
    Case(
      history: entry(.adopted), evidence: evidence(2), state: .applied, note: "recorded without being run"),
    Case(
      history: entry(.applied), evidence: evidence(1, 1), state: .partial,
      note: "the history says that it is in, but table public.t1 is missing"),
    Case(
      history: entry(.applied, checksum: "old"), evidence: evidence(2), state: .changed,
      note: "the file is not the one that ran: the history has not kept what ran"),
    Case(
      history: entry(.applied, checksum: "old"), evidence: evidence(0, 3), state: .changed,
      note:
        "the file is not the one that ran: the history has not kept what ran; table public.t0 is missing, and 2 more"
    ),
    Case(history: entry(.reverted), evidence: evidence(0, 2), state: .pending, note: "it was reverted"),
    Case(
      history: entry(.reverted), evidence: evidence(1, 1), state: .pending,
      note: "it was reverted; but 1 of 2 objects are there"),
    Case(
      tools: ["supabase"], evidence: evidence(2), state: .applied,
      note: "supabase says that it is in; not in Signalbox's history"),
    Case(
      tools: ["supabase"], evidence: evidence(0, 1), state: .partial,
      note: "supabase says that it is in, but table public.t0 is missing"),
    Case(evidence: evidence(2), state: .applied, note: "all that it makes is there; not in any history"),
    Case(evidence: evidence(0, 2), state: .pending),
    Case(evidence: evidence(1, 1), state: .partial, note: "table public.t1 is missing"),
    Case(
      evidence: evidence(0), state: .pending,
      note: "nothing that it does can be looked up and no history has it"),
    Case(state: .pending, note: "the catalog was not asked and no history has it"),
    Case(
      evidence: evidence(0), neighbour: .laterApplied("002_b"), state: .applied,
      note: "nothing that it does can be looked up and no history has it; "
        + "taken as applied because 002_b, which comes later, is in"),
  ]

  @Test("follows from its witnesses", arguments: cases)
  func table(example: Case) {
    var subject = migration("001_a", place: example.place)
    subject.checksum = "abc"
    let status = StateJudge.status(
      of: subject, history: example.history, otherTools: example.tools, evidence: example.evidence,
      neighbour: example.neighbour)
    #expect(status.state == example.state)
    #expect(status.note == example.note)
    #expect(status.history == example.history)
    #expect(status.evidence == example.evidence)
  }

  @Test("a drop that did not happen and an object that differs are named")
  func verdicts() {
    let drop = Evidence(items: [
      EvidenceItem(object: .table("public", "t"), action: .drops, verdict: .missing),
      EvidenceItem(object: .table("public", "u"), action: .creates, verdict: .found),
    ])
    #expect(StateJudge.status(of: migration("1"), evidence: drop).note == "table public.t is still there")
    let differs = Evidence(items: [
      EvidenceItem(object: .table("public", "u"), action: .creates, verdict: .found),
      EvidenceItem(object: .column("public", "t", "c"), action: .alters, verdict: .differs("text, not uuid")),
    ])
    #expect(
      StateJudge.status(of: migration("1"), evidence: differs).note
        == "column public.t.c differs: text, not uuid")
  }

  @Test("the reason for skipping is the note")
  func skipReason() {
    var skipped = migration("1", place: .skipped)
    skipped.notes.skipReason = "a test"
    #expect(StateJudge.status(of: skipped).note == "a test")
  }
}

@Suite("The states of a project")
struct ProjectStatesTests {
  private static let found = Evidence(items: [
    EvidenceItem(object: .table("public", "t"), action: .creates, verdict: .found)
  ])
  private static let missing = Evidence(items: [
    EvidenceItem(object: .table("public", "t"), action: .creates, verdict: .missing)
  ])

  private func states(
    _ migrations: [Migration], history: History = History(), evidence: [MigrationID: Evidence] = [:]
  ) -> [String] {
    let project = Project(name: "p", root: "p", migrations: migrations)
    return StateJudge.statuses(of: project, history: history, evidence: evidence)
      .map { "\($0.id) \($0.state.rawValue)" }
  }

  @Test("evidence alone tells what another tool has run")
  func evidenceOnly() {
    #expect(
      states(
        [migration("001_a", place: .applied), migration("002_b")],
        evidence: ["001_a": Self.found, "002_b": Self.missing]) == ["001_a applied", "002_b pending"])
  }

  @Test("what leaves nothing to look up is taken as applied before one that is in")
  func laterApplied() {
    #expect(
      states(
        [migration("001_seed"), migration("002_b"), migration("003_seed")],
        evidence: ["001_seed": Evidence(), "002_b": Self.found, "003_seed": Evidence()])
        == ["001_seed applied", "002_b applied", "003_seed pending"])
  }

  @Test("in the folder of applied migrations it follows the one before it")
  func folderApplied() {
    let migrations = [
      migration("001_a", place: .applied), migration("002_seed", place: .applied), migration("003_c"),
    ]
    #expect(
      states(migrations, evidence: ["001_a": Self.found, "002_seed": Evidence(), "003_c": Self.missing])
        == ["001_a applied", "002_seed applied", "003_c pending"])
    #expect(
      states(migrations, evidence: ["001_a": Self.missing, "002_seed": Evidence(), "003_c": Self.missing])
        == ["001_a pending", "002_seed pending", "003_c pending"])
  }

  @Test("what only the history has is missing, unless it was reverted")
  func missingFiles() {
    let history = History(
      isInstalled: true,
      entries: [
        "009_gone": HistoryEntry(id: "009_gone", checksum: "", state: .applied),
        "010_back": HistoryEntry(id: "010_back", checksum: "", state: .reverted),
      ])
    #expect(states([migration("011_a")], history: history) == ["011_a pending", "009_gone missing"])
  }

  @Test("rows of other tools are matched by id, by version, and by name where versions are shared")
  func otherTools() {
    let migrations = [
      migration("010_a"), migration("010_b"), migration("20250101000000_c"), migration("V7__d"),
    ]
    let supabase = OtherHistory(
      tool: "supabase", table: "supabase_migrations.schema_migrations",
      rows: [
        .init(version: "010", name: "b"), .init(version: "20250101000000"),
        .init(version: "20240101000000", name: "gone"),
        .init(version: "010", name: "a", isApplied: false),
      ])
    #expect(
      states(migrations, history: History(others: [supabase])) == [
        "010_a applied", "010_b applied", "20250101000000_c applied", "V7__d pending",
        "20240101000000_gone missing",
      ])
    let matched = OtherHistoryMatch([supabase], migrations: migrations)
    #expect(matched.tools == ["010_b": ["supabase"], "20250101000000_c": ["supabase"]])
  }

  @Test("a history that shares nothing with the project is another project's")
  func foreignHistory() {
    let flyway = OtherHistory(tool: "flyway", table: "flyway_schema_history", rows: [.init(version: "77")])
    #expect(states([migration("001_a")], history: History(others: [flyway])) == ["001_a pending"])
  }

  @Test("golang-migrate's one row means everything up to it")
  func golangMigrate() {
    let history = OtherHistory(
      tool: "golang-migrate", table: "schema_migrations", rows: [.init(version: "2", coversEarlier: true)])
    let migrations = [migration("001_a"), migration("002_b"), migration("003_c")]
    #expect(
      states(migrations, history: History(others: [history]))
        == ["001_a applied", "002_b applied", "003_c pending"])
    var dirty = history
    dirty.rows[0].isApplied = false
    #expect(
      states(migrations, history: History(others: [dirty]))
        == ["001_a applied", "002_b pending", "003_c pending"])
  }

  @Test("a later row of a version takes the place of an earlier one: an undo, or a try after a failure")
  func laterRows() {
    let flyway = OtherHistory(
      tool: "flyway", table: "flyway_schema_history",
      rows: [
        .init(version: "1", script: "V1__a.sql"), .init(version: "2", isApplied: false),
        .init(version: "2", script: "sub/V2__b.sql"), .init(version: "R__views.sql", script: "R__views.sql"),
        .init(version: "3"), .init(version: "3", isApplied: false),
      ])
    #expect(
      states(
        [migration("V1__a"), migration("V2__b"), migration("R__views"), migration("V3__c")],
        history: History(others: [flyway]))
        == ["V1__a applied", "V2__b applied", "R__views applied", "V3__c pending"])
  }

  @Test("a tool may record another version than that of the name, and one name several times")
  func recordedVersions() {
    var dated = migration("2024-01-01-000000_a")
    dated.recordedVersion = "20240101000000"
    var reworked = migration("users@v1")
    reworked.recordedVersion = "users"
    let diesel = OtherHistory(
      tool: "diesel", table: "__diesel_schema_migrations", rows: [.init(version: "20240101000000")])
    #expect(states([dated], history: History(others: [diesel])) == ["2024-01-01-000000_a applied"])
    let sqitch = OtherHistory(
      tool: "sqitch", table: "sqitch.changes", rows: [.init(version: "users", name: "1")])
    let both = [reworked, migration("users")]
    #expect(states(both, history: History(others: [sqitch])) == ["users@v1 applied", "users pending"])
    var twice = sqitch
    twice.rows.append(.init(version: "users", name: "2"))
    #expect(states(both, history: History(others: [twice])) == ["users@v1 applied", "users applied"])
  }

  @Test("a tool's checksum that is of another text makes a file changed")
  func changedByChecksum() {
    var file = migration("001_a")
    file.digests = FileDigests(of: Array("SELECT 1;\n".utf8))
    func state(_ checksum: RecordedChecksum) -> [String] {
      let history = OtherHistory(tool: "sqlx", table: "t", rows: [.init(version: "1", checksum: checksum)])
      return states([file], history: History(others: [history]))
    }
    let windows = FileDigests(of: Array("SELECT 1;\r\n".utf8))
    #expect(state(.sha256(windows.sha256.sorted()[0])) == ["001_a applied"])
    #expect(state(.sha384(windows.sha384)) == ["001_a changed"])
    #expect(state(.crc32(windows.crc32)) == ["001_a applied"])
    #expect(state(.crc32(0)) == ["001_a changed"])
    #expect(state(.atlas("x")) == ["001_a applied"])
  }

  @Test("kept statements tell whether only comments and white space changed")
  func changedByStatements() {
    let text = "-- a\nCREATE TABLE t (a int);\nCREATE INDEX i ON t (a);\n"
    var file = migration("001_a")
    file.script = ScriptParser.parse(text)
    file.digests = FileDigests(of: Array(text.utf8))
    func state(_ statements: [String]) -> [String] {
      let history = OtherHistory(
        tool: "supabase", table: "t", rows: [.init(version: "001", statements: statements)])
      return states([file], history: History(others: [history]))
    }
    #expect(state(["-- a\nCREATE TABLE t (a int)", "CREATE INDEX i ON t (a)"]) == ["001_a applied"])
    #expect(state(["create table t(a  int);\n create index i on t(a);"]) == ["001_a applied"])
    #expect(state(["-- a\nCREATE TABLE t (a bigint)", "CREATE INDEX i ON t (a)"]) == ["001_a changed"])
  }
}
