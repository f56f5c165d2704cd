import Migrations
import Postgres
import Rollout
import Script
import Testing

@Suite("Repairing the history")
struct HistoryRepairTests {
  private let identity = OperatorIdentity(user: "operator", host: "desk", clientVersion: "test")

  private func perform(
    _ repairs: [Repair], on fixture: RunFixture, files: [Migration] = [],
    entries: [MigrationID: HistoryEntry]? = nil
  ) async throws -> History {
    let connection = try await Connection.connect(fixture.configuration)
    defer { Task { await connection.close() } }
    let reader = HistoryReader(connection: connection, project: "test")
    let before = try await reader.read().entries
    try await HistoryRepair(connection: connection, project: "test", identity: identity).perform(
      repairs, entries: entries ?? before,
      files: Dictionary(uniqueKeysWithValues: files.map { ($0.id, $0) }))
    return try await reader.read(comparedWith: files)
  }

  @Test("the history keeps what ran, and gives it back where the file is another")
  func statements() async throws {
    try await withFixture { fixture in
      let plan = RunFixture.plan("SELECT 1; SELECT 'a, {b}'")
      _ = try await fixture.run(plan)
      var file = try #require(plan.steps.first?.migration)
      let same = try await perform([], on: fixture, files: [file])
      #expect(same.entries["001_test"]?.statements == nil)
      file.checksum = "another"
      let changed = try await perform([], on: fixture, files: [file])
      #expect(changed.entries["001_test"]?.statements == ["SELECT 1", "SELECT 'a, {b}'"])
    }
  }

  @Test("a realigned row has the file's checksum and statements")
  func realign() async throws {
    try await withFixture { fixture in
      let plan = RunFixture.plan("SELECT 1")
      _ = try await fixture.run(plan)
      var file = try #require(plan.steps.first?.migration)
      file.checksum = "another"
      file.script = ScriptParser.parse("SELECT 1; SELECT 2")
      let repair = Repair(id: file.id, problem: .changed, action: .realign, reason: "because")
      let entry = try await perform([repair], on: fixture, files: [file]).entries[file.id]
      #expect(entry?.checksum == "another")
      #expect(entry?.statementsTotal == 2)
      #expect(entry?.state == .applied)
      #expect(
        try await fixture.value("SELECT statements::text FROM signalbox.migration")
          == #"{"SELECT 1","SELECT 2"}"#)
    }
  }

  @Test("rows are settled, retired and removed, and the run says by whom and what was there before")
  func settle() async throws {
    try await withFixture { fixture in
      _ = try await fixture.run(RunFixture.plan("SELECT 1", "SELECT 2", "SELECT 3"))
      try await fixture.query("UPDATE signalbox.migration SET state = 'running' WHERE id <> '003_test'")
      let history = try await perform(
        [
          Repair(
            id: "001_test", problem: .interrupted, action: .settle(.failed, statementsDone: 1), reason: "half"
          ),
          Repair(id: "002_test", problem: .interrupted, action: .remove, reason: "nothing there"),
          Repair(
            id: "003_test", problem: .missing, action: .settle(.retired, statementsDone: 1), reason: "gone"),
        ], on: fixture)
      #expect(history.entries["001_test"]?.state == .failed)
      #expect(history.entries["001_test"]?.error == "half")
      #expect(history.entries["002_test"] == nil)
      #expect(history.entries["003_test"]?.state == .retired)
      #expect(
        try await fixture.value("SELECT operator || mode || outcome FROM signalbox.run ORDER BY id DESC")
          == "operatorrepairdone")
      #expect(
        try await fixture.value(
          """
          SELECT string_agg(migration || (detail->>'action') || (detail->'before'->>'state'), ' ' ORDER BY seq)
          FROM signalbox.event WHERE kind = 'repaired'
          """) == "001_testfailedrunning 002_testremoverunning 003_testretiredapplied")
    }
  }

  @Test("a row that somebody has changed since is left alone, and with it all the others")
  func changedSince() async throws {
    try await withFixture { fixture in
      _ = try await fixture.run(RunFixture.plan("SELECT 1", "SELECT 2"))
      let stale = HistoryEntry(id: "002_test", checksum: "old", state: .running)
      let fresh = HistoryEntry(id: "001_test", checksum: "checksum of 8 bytes", state: .applied)
      await #expect(throws: RolloutError.self) {
        try await perform(
          [
            Repair(id: "001_test", problem: .missing, action: .remove, reason: ""),
            Repair(id: "002_test", problem: .missing, action: .remove, reason: ""),
          ], on: fixture, entries: ["001_test": fresh, "002_test": stale])
      }
      #expect(try await fixture.value("SELECT count(*) FROM signalbox.migration") == "2")
      #expect(try await fixture.value("SELECT count(*) FROM signalbox.run") == "1")
    }
  }

  @Test("a run that is going on keeps it out, and is named")
  func locked() async throws {
    try await withFixture { fixture in
      let holder = try await Connection.connect(fixture.configuration)
      let other = try await Connection.connect(fixture.configuration)
      defer { Task { await other.close() } }
      let repair = HistoryRepair(connection: other, project: "test", identity: identity)
      #expect(try await repair.runInProgress() == nil)
      _ = try await holder.query("SELECT pg_advisory_lock(hashtextextended('signalbox:test', 0))")
      #expect(try await repair.runInProgress()?.pid == Int32(holder.server.processID))
      await #expect(throws: RolloutError.self) {
        try await repair.perform([], entries: [:], files: [:])
      }
      await holder.close()
    }
  }
}
