import Migrations
import Postgres
import Rollout
import Schema
import Testing

@Suite("A migration that runs in one transaction")
struct TransactionRunningTests {
  @Test("is applied with its history row, its statements timed one by one")
  func applied() async throws {
    try await withFixture { fixture in
      let plan = RunFixture.plan("CREATE TABLE a (x int); CREATE TABLE b (x int);", "CREATE TABLE c (x int)")
      let (outcome, events) = try await fixture.run(plan, expected: [])
      #expect(outcome == .done)
      #expect(
        events.contains { if case .statementFinished("001_test", 1, _, _) = $0 { true } else { false } })
      let rows = try await fixture.query(
        "SELECT id, state, statements_done, statements_total FROM signalbox.migration ORDER BY id")
      #expect(
        rows.rows.map { [$0["id"], $0["state"], $0["statements_done"], $0["statements_total"]] } == [
          ["001_test", "applied", "2", "2"], ["002_test", "applied", "1", "1"],
        ])
      #expect(try await fixture.value("SELECT outcome FROM signalbox.run") == "done")
      #expect(
        try await fixture.value("SELECT count(*) FROM signalbox.event WHERE kind = 'statement-finished'")
          == "3")
    }
  }

  @Test("that fails is rolled back whole, those before it stay, those behind it do not run")
  func failure() async throws {
    try await withFixture { fixture in
      let plan = RunFixture.plan(
        "CREATE TABLE kept (x int)", "CREATE TABLE lost (x int);\n\nSELECT * FROM nowhere;",
        "CREATE TABLE never (x int)")
      let (outcome, events) = try await fixture.run(plan)
      #expect(outcome == .failed)
      let failure = events.compactMap { event -> ServerMessage? in
        if case .statementFailed("002_test", 1, let message) = event { message } else { nil }
      }.first
      #expect(failure?.code == "42P01")
      #expect(failure?.location?.description == "002_test.sql:3:15")
      #expect(try await fixture.value("SELECT to_regclass('kept') IS NOT NULL") == "t")
      #expect(try await fixture.value("SELECT to_regclass('lost') IS NULL") == "t")
      #expect(try await fixture.value("SELECT to_regclass('never') IS NULL") == "t")
      #expect(try await fixture.value("SELECT string_agg(id, ',') FROM signalbox.migration") == "001_test")
      #expect(try await fixture.value("SELECT outcome FROM signalbox.run") == "failed")
    }
  }

  @Test("is not committed if its verification finds something missing")
  func unverified() async throws {
    try await withFixture { fixture in
      let (outcome, events) = try await fixture.run(
        RunFixture.plan("CREATE TABLE a (x int)"), expected: [.table("public", "a"), .table("public", "b")])
      #expect(outcome == .failed)
      #expect(
        events.contains { event in
          if case .verified("001_test", let evidence) = event {
            evidence.found == 1 && evidence.expected == 2
          } else {
            false
          }
        })
      #expect(try await fixture.value("SELECT to_regclass('a') IS NULL") == "t")
      #expect(try await fixture.value("SELECT count(*) FROM signalbox.migration") == "0")
    }
  }

  @Test("meets its deferred constraints before the commit, where the error is still its own")
  func deferredConstraint() async throws {
    try await withFixture { fixture in
      let plan = RunFixture.plan(
        """
        CREATE TABLE parent (id int PRIMARY KEY);
        CREATE TABLE child (id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
        INSERT INTO child VALUES (1);
        """)
      let (outcome, events) = try await fixture.run(plan)
      #expect(outcome == .failed)
      #expect(
        events.contains { event in
          if case .migrationFinished("001_test", .rolledBack(let message), _) = event {
            message.code == "23503"
          } else {
            false
          }
        })
      #expect(try await fixture.value("SELECT to_regclass('child') IS NULL") == "t")
    }
  }

  @Test("cannot lead the history astray by what it sets")
  func settings() async throws {
    try await withFixture { fixture in
      let plan = RunFixture.plan(
        """
        CREATE SCHEMA trap;
        CREATE TABLE trap.migration (x int);
        SET search_path = trap;
        CREATE ROLE \(fixture.role);
        SET ROLE \(fixture.role);
        SET statement_timeout = '100ms';
        """, "CREATE TABLE public.second (x int); SELECT pg_sleep(0.3)")
      let (outcome, _) = try await fixture.run(plan)
      #expect(outcome == .done)
      #expect(try await fixture.value("SELECT count(*) FROM signalbox.migration") == "2")
      #expect(try await fixture.value("SELECT count(*) FROM trap.migration") == "0")
      try await fixture.query("DROP ROLE \(fixture.role)")
    }
  }

  @Test("has the server's notices under the statement that caused them")
  func notices() async throws {
    try await withFixture { fixture in
      let plan = RunFixture.plan("SELECT 1; DROP TABLE IF EXISTS nowhere; SELECT 2")
      let (_, events) = try await fixture.run(plan)
      #expect(
        events.contains { event in
          if case .notice("001_test", statement: 1, let message) = event {
            message.code == "00000"
          } else {
            false
          }
        })
    }
  }

  @Test("tries again from its beginning if it gets no lock in time")
  func lockTimeout() async throws {
    try await withFixture { fixture in
      try await fixture.query("CREATE TABLE busy (x int)")
      let holder = try await Connection.connect(fixture.configuration)
      _ = try await holder.execute("BEGIN; LOCK TABLE busy IN ACCESS EXCLUSIVE MODE")
      let plan = RunFixture.plan("CREATE TABLE first (x int); ALTER TABLE busy ADD COLUMN y int")
      // The holder lets go once the run has been turned away.
      let (outcome, events) = try await fixture.run(
        plan, lockTimeoutMilliseconds: 100, attempts: 50,
        whenTold: { event in
          if case .retrying = event.kind { Task { try await holder.execute("ROLLBACK") } }
        })
      await holder.close()
      #expect(outcome == .done)
      #expect(
        events.contains {
          if case .retrying("001_test", 2, _, let why) = $0 { why.code == "55P03" } else { false }
        })
      #expect(
        try await fixture.value(
          "SELECT count(*) FROM pg_attribute WHERE attrelid = 'busy'::regclass AND attname = 'y'") == "1")
    }
  }

  @Test("gives up after its attempts and leaves nothing")
  func lockTimeoutForGood() async throws {
    try await withFixture { fixture in
      try await fixture.query("CREATE TABLE busy (x int)")
      let holder = try await Connection.connect(fixture.configuration)
      _ = try await holder.execute("BEGIN; LOCK TABLE busy IN ACCESS EXCLUSIVE MODE")
      let plan = RunFixture.plan("CREATE TABLE first (x int); ALTER TABLE busy ADD COLUMN y int")
      let (outcome, _) = try await fixture.run(plan, lockTimeoutMilliseconds: 20, attempts: 2)
      await holder.close()
      #expect(outcome == .failed)
      #expect(try await fixture.value("SELECT to_regclass('first') IS NULL") == "t")
    }
  }

  @Test("is stopped at once by an abort, in the middle of a statement, and rolled back")
  func abort() async throws {
    try await withFixture { fixture in
      let control = RunControl()
      let abort = Task {
        while try await fixture.value(
          "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query = 'SELECT pg_sleep(600)' AND state = 'active'"
        )
          != "1"
        {}
        await control.post(.abort)
      }
      let (outcome, _) = try await fixture.run(
        RunFixture.plan("CREATE TABLE a (x int); SELECT pg_sleep(600)"), control: control)
      try await abort.value
      #expect(outcome == .aborted)
      #expect(try await fixture.value("SELECT to_regclass('a') IS NULL") == "t")
      #expect(try await fixture.value("SELECT outcome FROM signalbox.run") == "aborted")
    }
  }

  @Test("copies the data that its file holds")
  func copyData() async throws {
    try await withFixture { fixture in
      let source = "CREATE TABLE t (a int, b text);\nCOPY t FROM stdin;\n1\tone\n2\ttwo\n\\.\nSELECT 1;\n"
      let (outcome, _) = try await fixture.run(RunFixture.plan(source), source: source)
      #expect(outcome == .done)
      #expect(try await fixture.value("SELECT string_agg(b, ',' ORDER BY a) FROM t") == "one,two")
    }
  }
}

extension RunFixture {
  /// A role name that no other test uses; roles are shared by the databases of a cluster.
  var role: String {
    "role_of_" + (configuration.parameters["dbname"] ?? "").filter { $0.isLetter || $0.isNumber }
  }
}
