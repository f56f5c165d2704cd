import Migrations
import Postgres
import Schema
import Script
import Testing

@testable import Rollout

/// What a migration does to its session, to the run, or to the history.
struct HostileMigration: Sendable, CustomTestStringConvertible {
  /// What becomes of it.
  enum End: Sendable {
    /// It is applied, and the migration behind it runs as if it had not been there.
    case applied
    /// It fails with a message that holds this, and nothing of it stays.
    case refused(String)
  }

  var name: String
  var sql: String
  var end: End
  var mode: TransactionMode = .single

  var testDescription: String { name }

  private static let outside = TransactionMode.statementByStatement(reason: "test")

  static let all: [HostileMigration] = [
    HostileMigration(name: "sets search_path", sql: "SET search_path = pg_catalog", end: .applied),
    HostileMigration(
      name: "sets search_path for the transaction and hides pg_catalog",
      sql: "CREATE SCHEMA evil; SET LOCAL search_path = evil", end: .applied),
    HostileMigration(name: "sets role", sql: "SET ROLE pg_monitor", end: .applied),
    HostileMigration(
      name: "sets session authorization", sql: "SET SESSION AUTHORIZATION pg_monitor", end: .applied),
    HostileMigration(name: "sets statement_timeout", sql: "SET statement_timeout = '1ms'", end: .applied),
    HostileMigration(name: "sets lock_timeout", sql: "SET lock_timeout = 1", end: .applied),
    HostileMigration(
      name: "makes transactions read-only", sql: "SET default_transaction_read_only = on", end: .applied),
    HostileMigration(
      name: "sets its transaction read-only", sql: "SET TRANSACTION READ ONLY", end: .refused("read-only")),
    HostileMigration(
      name: "sets the isolation", sql: "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", end: .applied),
    HostileMigration(
      name: "turns messages off", sql: "SET client_min_messages = error; SET log_statement = 'none'",
      end: .applied),
    HostileMigration(name: "sets the encoding", sql: "SET client_encoding = 'LATIN1'", end: .applied),
    HostileMigration(
      name: "turns string escapes on", sql: "SET standard_conforming_strings = off", end: .applied),
    HostileMigration(name: "sets the date style", sql: "SET DateStyle = 'German, DMY'", end: .applied),
    HostileMigration(name: "sets byte output", sql: "SET bytea_output = 'escape'", end: .applied),
    HostileMigration(
      name: "makes a temporary table of a name that the next one uses",
      sql: "CREATE TEMP TABLE behind (y text)", end: .applied),
    HostileMigration(name: "listens", sql: "LISTEN channel; NOTIFY channel, 'hello'", end: .applied),
    HostileMigration(name: "leaves a prepared statement", sql: "PREPARE plan AS SELECT 1", end: .applied),
    HostileMigration(
      name: "leaves a cursor open", sql: "DECLARE c CURSOR WITH HOLD FOR SELECT 1", end: .applied),
    HostileMigration(name: "discards all", sql: "DISCARD ALL", end: .applied, mode: outside),
    HostileMigration(
      name: "gives its locks away", sql: "SELECT pg_advisory_unlock_all()", end: .applied),
    HostileMigration(
      name: "leaves a transaction open", sql: "BEGIN; CREATE TABLE lost (x int)",
      end: .refused("leaves a transaction open"), mode: outside),
    HostileMigration(
      name: "ends the transaction that it runs in", sql: "CREATE TABLE lost (x int); ROLLBACK; SELECT 1",
      end: .refused("ended the transaction")),
    HostileMigration(
      name: "copies out", sql: "CREATE TABLE lost (x int); COPY lost TO STDOUT", end: .refused("COPY")),
    HostileMigration(
      name: "drops the history behind a DO",
      sql: "DO $$ BEGIN EXECUTE 'DROP SCHEMA signalbox CASCADE'; END $$",
      end: .refused("signalbox.migration")),
    HostileMigration(
      name: "renames the database",
      sql: "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RENAME TO other', current_database()); END $$",
      end: .refused("current database")),
    HostileMigration(
      name: "kills its own session", sql: "SELECT pg_cancel_backend(pg_backend_pid())",
      end: .refused("cancel")),
    HostileMigration(
      name: "gives a huge result", sql: "SELECT repeat('x', 1000) FROM generate_series(1, 100000)",
      end: .applied),
    HostileMigration(
      name: "raises notices with control characters",
      sql: "DO $$ BEGIN RAISE NOTICE E'\\x1b[31m red \\r\\n \\u202e bidi \\u200b'; END $$", end: .applied),
    HostileMigration(
      name: "fails at the commit",
      sql: "CREATE TABLE lost (x int UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO lost VALUES (1), (1)",
      end: .refused("duplicate key")),
    HostileMigration(
      name: "makes names of 63 bytes, with line ends and quotes",
      sql: "CREATE TABLE \"\(String(repeating: "n", count: 63))\" (\"a\"\"b\nc\u{1b}[2J\" int)", end: .applied
    ),
  ]
}

@Suite("A migration that does something unexpected")
struct HostileMigrationTests {
  @Test("is run rightly or refused, and does no harm to the next", arguments: HostileMigration.all)
  func harmless(hostile: HostileMigration) async throws {
    try await withFixture { fixture in
      var plan = RunFixture.plan(hostile.sql, "CREATE TABLE behind (x int); INSERT INTO behind VALUES (1)")
      plan.steps[0].mode = hostile.mode
      let (outcome, events) = try await fixture.run(plan)
      let said = events.map { "\($0)" }.joined(separator: "\n")
      switch hostile.end {
      case .applied:
        #expect(outcome == .done, "\(said)")
        #expect(try await fixture.value("SELECT x FROM public.behind") == "1")
        #expect(
          try await fixture.value(
            """
            SELECT string_agg(state, ' ') || ' ' || pg_get_userbyid(c.relowner)
            FROM signalbox.migration, pg_class c WHERE c.oid = 'public.behind'::regclass GROUP BY c.relowner
            """) == "applied applied \(fixture.configuration.parameters["user"] ?? "")")
      case .refused(let reason):
        #expect(outcome == .failed)
        #expect(said.contains(reason), "\(said)")
        #expect(try await fixture.value("SELECT to_regclass('lost') IS NULL") == "t")
        #expect(
          try await fixture.value("SELECT count(*) FROM signalbox.migration WHERE state = 'applied'") == "0")
      }
      #expect(
        try await fixture.value(
          """
          SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
          WHERE l.locktype = 'advisory' AND d.datname = current_database()
          """) == "0")
    }
  }

  @Test("is refused before anything runs if it changes the history, and may let others read it")
  func history() {
    func problems(_ sql: String) -> [String] {
      let migration = Migration(
        id: "001_test", version: "001", name: "test", file: "001_test.sql", script: ScriptParser.parse(sql))
      let project = Project(name: "p", root: "p", migrations: [migration])
      return Planner.plan(["001_test"], of: project, graph: RequirementGraph(project), statuses: [])
        .problems.map(\.code)
    }
    #expect(problems("DROP SCHEMA signalbox CASCADE") == ["history-changed"])
    #expect(problems("ALTER TABLE signalbox.run DROP COLUMN host") == ["history-changed"])
    #expect(problems("PREPARE TRANSACTION 'left'") == ["prepared-transaction"])
    #expect(
      problems("GRANT USAGE ON SCHEMA signalbox TO reader; GRANT SELECT ON signalbox.run TO reader") == [])
  }
}
