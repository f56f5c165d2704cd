import Migrations
import Postgres
import Rollout
import Schema
import Script
import Testing

/// A killed run leaves the row `running` and what it had committed; that is all that these tests make by hand.
@Suite("A migration that was interrupted outside a transaction")
struct InterruptedRunTests {
  private static let mode = TransactionMode.statementByStatement(reason: "CREATE INDEX CONCURRENTLY")

  /// Writes the history as a run that was killed has left it.
  private func interrupt(
    _ plan: Plan, in fixture: RunFixture, done: Int, underWay: String? = nil
  ) async throws {
    _ = try await fixture.run(RunFixture.plan())
    let texts = plan.steps[0].statements.map { "$q$\($0.text)$q$" }.joined(separator: ", ")
    try await fixture.query(
      """
      INSERT INTO signalbox.migration (project, id, version, name, checksum, state, statements_done, statements_total,
        statements, under_way)
      VALUES ('test', '001_test', '001', 'test', '\(plan.steps[0].migration.checksum)', 'running', \(done),
        \(plan.steps[0].statements.count), ARRAY[\(texts)], \(underWay.map { "'\($0)'::jsonb" } ?? "NULL"))
      """)
  }

  @Test("goes on in a session with the same settings")
  func settings() async throws {
    try await withFixture { fixture in
      try await fixture.query("CREATE SCHEMA side; CREATE TABLE side.t (x int)")
      let plan = RunFixture.plan(
        "SET search_path = side; VACUUM t; CREATE TABLE made (x int)", mode: Self.mode)
      try await interrupt(plan, in: fixture, done: 2)
      #expect(try await fixture.run(plan).outcome == .done)
      #expect(try await fixture.value("SELECT to_regclass('side.made') IS NOT NULL") == "t")
    }
  }

  @Test("does not run a statement twice that was committed with its record")
  func once() async throws {
    try await withFixture { fixture in
      try await fixture.query("CREATE TABLE t (x int)")
      let plan = RunFixture.plan("INSERT INTO t VALUES (1); VACUUM t; SELECT missing()", mode: Self.mode)
      #expect(try await fixture.run(plan).outcome == .failed)
      // The record and the row were written by one transaction.
      #expect(
        try await fixture.value(
          "SELECT (SELECT min(xmin::text) FROM t) IS NOT NULL AND statements_done = 2 FROM signalbox.migration"
        )
          == "t")
      try await fixture.query("CREATE FUNCTION missing() RETURNS int LANGUAGE sql AS 'SELECT 1'")
      #expect(try await fixture.run(plan).outcome == .done)
      #expect(try await fixture.value("SELECT count(*) FROM t") == "1")
    }
  }

  @Test("takes an index that was built to its end as built, named or not")
  func builtIndex() async throws {
    for name in ["t_x", ""] {
      try await withFixture { fixture in
        try await fixture.query("CREATE TABLE t (x int); CREATE INDEX t_x ON t (x)")
        let plan = RunFixture.plan(
          "CREATE INDEX CONCURRENTLY \(name) ON t (x); VACUUM t", mode: Self.mode)
        try await interrupt(
          plan, in: fixture, done: 0, underWay: #"{"statement": 0, "indexes": []}"#)
        let (outcome, events) = try await fixture.run(plan)
        #expect(outcome == .done)
        #expect(events.contains { "\($0)".contains("done before the interruption") })
        #expect(
          try await fixture.value("SELECT count(*) FROM pg_index WHERE indrelid = 't'::regclass") == "1")
      }
    }
  }

  /// Leaves an index invalid, as a build that met a duplicate does.
  private func leaveInvalid(_ fixture: RunFixture) async throws {
    try await fixture.query("CREATE TABLE t (x int); INSERT INTO t VALUES (1), (1)")
    await #expect(throws: PostgresError.self) {
      try await fixture.query("CREATE UNIQUE INDEX CONCURRENTLY t_x ON t (x)")
    }
    #expect(
      try await fixture.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 't_x'::regclass") == "f")
    try await fixture.query("DELETE FROM t")
  }

  @Test(
    "names an invalid index in its way, and drops and builds it again only if the operator has agreed",
    arguments: [
      "CREATE UNIQUE INDEX CONCURRENTLY t_x ON t (x)",
      "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_x ON t (x)",
    ])
  func invalidIndex(sql: String) async throws {
    try await withFixture { fixture in
      try await leaveInvalid(fixture)
      let plan = RunFixture.plan(sql, mode: Self.mode)
      let (refused, events) = try await fixture.run(plan)
      #expect(refused == .failed)
      #expect(events.contains { "\($0)".contains("index public.t_x is invalid: a build did not end") })
      #expect(try await fixture.run(plan, rebuildsInvalidIndexes: true).outcome == .done)
      #expect(
        try await fixture.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 't_x'::regclass") == "t")
    }
  }

  @Test("stops at a statement of which nobody can tell whether it was done, until the operator says")
  func unknowable() async throws {
    try await withFixture { fixture in
      try await fixture.query(
        """
        CREATE TABLE t (x int);
        CREATE PROCEDURE p() LANGUAGE plpgsql AS 'BEGIN INSERT INTO t VALUES (1); COMMIT; END'
        """)
      let plan = RunFixture.plan("CALL p(); SELECT 1", mode: Self.mode)
      for (answer, rows) in [(DoubtAnswer.takeAsDone, "0"), (.sendAgain, "1")] {
        try await interrupt(plan, in: fixture, done: 0, underWay: #"{"statement": 0, "indexes": []}"#)
        let (outcome, events) = try await fixture.run(plan)
        #expect(outcome == .failed)
        #expect(events.contains { "\($0)".contains("--in-doubt") })
        try await fixture.query("UPDATE signalbox.migration SET state = 'running'")
        #expect(try await fixture.run(plan, doubt: answer).outcome == .done)
        #expect(try await fixture.value("SELECT count(*) FROM t") == rows)
        try await fixture.query("DELETE FROM signalbox.migration")
      }
    }
  }

  @Test("runs a procedure that commits, outside a transaction")
  func procedure() async throws {
    try await withFixture { fixture in
      try await fixture.query(
        """
        CREATE TABLE t (x int);
        CREATE PROCEDURE p() LANGUAGE plpgsql AS 'BEGIN INSERT INTO t VALUES (1); COMMIT; END'
        """)
      #expect(try await fixture.run(RunFixture.plan("CALL p(); SELECT 1", mode: Self.mode)).outcome == .done)
      #expect(try await fixture.value("SELECT count(*) FROM t") == "1")
    }
  }

  @Test("is refused if the statements that ran are not those of the file any more")
  func changedFile() async throws {
    try await withFixture { fixture in
      let ran = RunFixture.plan("CREATE TABLE a (x int); VACUUM a; SELECT 1", mode: Self.mode)
      try await interrupt(ran, in: fixture, done: 1)
      let changed = RunFixture.plan("CREATE TABLE b (x int); VACUUM b; SELECT 1", mode: Self.mode)
      let (outcome, events) = try await fixture.run(changed)
      #expect(outcome == .failed)
      #expect(events.contains { "\($0)".contains("has changed in its first 1 statements") })
    }
  }

  @Test("records its progress although the file takes another role")
  func role() async throws {
    try await withFixture { fixture in
      try await fixture.query("CREATE TABLE t (x int); GRANT ALL ON t TO pg_monitor")
      let plan = RunFixture.plan(
        "SET ROLE pg_monitor; INSERT INTO t VALUES (1); BEGIN; INSERT INTO t SELECT 2 WHERE current_user = 'pg_monitor'; COMMIT; VACUUM",
        mode: Self.mode)
      #expect(try await fixture.run(plan).outcome == .done)
      #expect(try await fixture.value("SELECT count(*) FROM t") == "2")
    }
  }

  @Test("is tried again from its last commit where it gets no lock")
  func retried() async throws {
    try await withFixture { fixture in
      try await fixture.query("CREATE TABLE t (x int)")
      let blocker = try await Connection.connect(fixture.configuration)
      try await blocker.execute("BEGIN; LOCK TABLE t")
      let plan = RunFixture.plan("CREATE TABLE u (x int); VACUUM u; ALTER TABLE t ADD y int", mode: Self.mode)
      async let run = fixture.run(plan, lockTimeoutMilliseconds: 100, attempts: 50)
      while try await fixture.value(
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 't'::regclass") == "0"
      {}
      try await blocker.execute("COMMIT")
      await blocker.close()
      #expect(try await run.outcome == .done)
    }
  }
}
