import Migrations
import Postgres
import Rollout
import Schema
import Testing

@Suite("A look at the catalog around a migration")
struct CatalogLookTests {
  private static let modes = [TransactionMode.single, .statementByStatement(reason: "test")]

  /// A migration whose changes only looks at the whole catalog can tell.
  private static func plan(_ mode: TransactionMode) -> Plan {
    RunFixture.plan("DO $$ BEGIN EXECUTE 'CREATE TABLE made (x int)'; END $$", mode: mode)
  }

  /// Runs the plan while somebody holds a table, and does something once the run has said who is in its way.
  private func runBlocked(
    _ fixture: RunFixture, _ mode: TransactionMode, lockTimeoutMilliseconds: Int,
    onceBlocked act: @escaping @Sendable (Connection, RunControl) async throws -> Void
  ) async throws -> (outcome: RunOutcome, events: [RunEvent.Kind]) {
    try await fixture.query("CREATE TABLE busy (x int)")
    let holder = try await Connection.connect(fixture.configuration)
    _ = try await holder.execute("BEGIN; LOCK TABLE busy IN ACCESS EXCLUSIVE MODE")
    let control = RunControl()
    let (blocked, tell) = AsyncStream<Void>.makeStream()
    let act = Task {
      for await _ in blocked {
        try await act(holder, control)
        return
      }
    }
    let end = try await fixture.run(
      Self.plan(mode), control: control, lockTimeoutMilliseconds: lockTimeoutMilliseconds, attempts: 2,
      whenTold: { event in
        if case .blocked(_, _, let sessions) = event.kind, sessions.map(\.pid) == [holder.server.processID] {
          tell.yield()
        }
      })
    tell.finish()
    try await act.value
    await holder.close()
    return end
  }

  @Test("waits for who holds a table, says who, and keeps the record of what changes", arguments: modes)
  func waiting(mode: TransactionMode) async throws {
    try await withFixture { fixture in
      let (outcome, events) = try await runBlocked(fixture, mode, lockTimeoutMilliseconds: 600_000) {
        holder, _ in _ = try await holder.execute("COMMIT")
      }
      #expect(outcome == .done)
      #expect(
        events.contains { event in
          if case .difference(_, let difference) = event {
            difference.added.contains { $0.identity == .table("public", "made") }
          } else {
            false
          }
        })
      #expect(
        try await fixture.value(
          "SELECT count(*) FROM signalbox.change WHERE name = 'made' AND kind = 'table'")
          == "1")
    }
  }

  @Test("is ended by an abort, and nothing has run", arguments: modes)
  func abort(mode: TransactionMode) async throws {
    try await withFixture { fixture in
      let (outcome, _) = try await runBlocked(fixture, mode, lockTimeoutMilliseconds: 600_000) { _, control in
        await control.post(.abort)
      }
      #expect(outcome == .aborted)
      #expect(try await fixture.value("SELECT to_regclass('made') IS NULL") == "t")
    }
  }

  @Test(
    "that gets no lock in time is taken again, and in the end the migration has not run", arguments: modes)
  func timeout(mode: TransactionMode) async throws {
    try await withFixture { fixture in
      let (outcome, events) = try await runBlocked(fixture, mode, lockTimeoutMilliseconds: 20) { _, _ in }
      #expect(outcome == .failed)
      #expect(
        events.contains { event in
          if case .retrying(_, 2, _, let message) = event { message.code == "55P03" } else { false }
        })
      #expect(try await fixture.value("SELECT to_regclass('made') IS NULL") == "t")
      #expect(
        try await fixture.value("SELECT count(*) FROM signalbox.migration WHERE state = 'applied'") == "0")
    }
  }
}

@Suite("A deferred check that waits")
struct DeferredCheckTests {
  @Test("is ended by an abort, which rolls the migration back")
  func abort() async throws {
    try await withFixture { fixture in
      try await fixture.query(
        """
        CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END';
        CREATE TABLE t (x int);
        CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW EXECUTE FUNCTION wait();
        """)
      let holder = try await Connection.connect(fixture.configuration)
      _ = try await holder.execute("SELECT pg_advisory_lock(4711)")
      let control = RunControl()
      let (outcome, _) = try await fixture.run(
        RunFixture.plan("DO $$ BEGIN INSERT INTO t VALUES (1); END $$"), control: control,
        lockTimeoutMilliseconds: 600_000,
        whenTold: { event in
          if case .blocked = event.kind { Task { await control.post(.abort) } }
        })
      await holder.close()
      #expect(outcome == .aborted)
      #expect(try await fixture.value("SELECT count(*) FROM t") == "0")
    }
  }
}
