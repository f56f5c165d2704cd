import Migrations
import Postgres
import Rollout
import Testing

@Suite("The history")
struct HistoryTests {
  private func read(_ fixture: RunFixture) async throws -> History {
    let connection = try await Connection.connect(fixture.configuration)
    defer { Task { await connection.close() } }
    return try await HistoryReader(connection: connection, project: "test").read()
  }

  @Test("is not made by reading it")
  func reading() async throws {
    try await withFixture { fixture in
      let history = try await read(fixture)
      #expect(!history.isInstalled)
      #expect(history.entries.isEmpty)
      #expect(try await fixture.value("SELECT to_regnamespace('signalbox') IS NULL") == "t")
    }
  }

  @Test("gives back what a run has written")
  func entries() async throws {
    try await withFixture { fixture in
      _ = try await fixture.run(RunFixture.plan("SELECT 1; SELECT 2"))
      let entry = try await read(fixture).entries["001_test"]
      #expect(entry?.state == .applied)
      #expect(entry?.statementsDone == 2)
      #expect(entry?.checksum == "checksum of 18 bytes")
      #expect(entry?.appliedAt != nil)
    }
  }

  @Test("of a newer Signalbox is refused")
  func tooNew() async throws {
    try await withFixture { fixture in
      _ = try await fixture.run(RunFixture.plan("SELECT 1"))
      try await fixture.query("INSERT INTO signalbox.schema_version (version) VALUES (99)")
      await #expect(throws: RolloutError.historyTooNew(installed: 99, known: 1)) { try await read(fixture) }
      await #expect(throws: RolloutError.historyTooNew(installed: 99, known: 1)) {
        try await fixture.run(RunFixture.plan("SELECT 1"))
      }
    }
  }

  @Test("needs a right that the message names")
  func notAllowed() async throws {
    try await withFixture { fixture in
      try await fixture.query("CREATE ROLE \(fixture.role) LOGIN")
      var configuration = fixture.configuration
      configuration.parameters["user"] = fixture.role
      let poor = RunFixture(configuration: configuration)
      do {
        _ = try await poor.run(RunFixture.plan("SELECT 1"))
        Issue.record("a role without rights has made the history")
      } catch let error as RolloutError {
        #expect(error.description.contains("GRANT CREATE ON DATABASE"))
      }
      try await fixture.query("DROP ROLE \(fixture.role)")
    }
  }

  @Test("of other tools is read, and told apart by its columns")
  func otherTools() async throws {
    try await withFixture { fixture in
      try await fixture.query(
        """
        CREATE SCHEMA supabase_migrations;
        CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text);
        INSERT INTO supabase_migrations.schema_migrations VALUES ('001', '{}', 'first');
        CREATE SCHEMA dbmate; CREATE TABLE dbmate.schema_migrations (version varchar PRIMARY KEY);
        INSERT INTO dbmate.schema_migrations VALUES ('20250101');
        CREATE SCHEMA gomigrate; CREATE TABLE gomigrate.schema_migrations (version bigint PRIMARY KEY, dirty boolean);
        INSERT INTO gomigrate.schema_migrations VALUES (7, true);
        CREATE TABLE goose_db_version (id serial, version_id bigint, is_applied boolean, tstamp timestamp DEFAULT now());
        INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, true), (3, true);
        """)
      let others = try await read(fixture).others
      let tools = Dictionary(uniqueKeysWithValues: others.map { ($0.tool, $0.rows) })
      #expect(tools["supabase"]?.map(\.name) == ["first"])
      #expect(tools["dbmate"]?.map(\.version) == ["20250101"])
      #expect(tools["golang-migrate"]?.map(\.isApplied) == [false])
      #expect(tools["goose"]?.map(\.version) == ["3"])
    }
  }

  @Test("of the Supabase CLI is written along, in the same transaction")
  func supabase() async throws {
    try await withFixture { fixture in
      try await fixture.query(
        """
        CREATE SCHEMA supabase_migrations;
        CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text)
        """)
      _ = try await fixture.run(RunFixture.plan("SELECT 1; SELECT 2", "SELECT * FROM nowhere"))
      #expect(
        try await fixture.value(
          "SELECT string_agg(version || name || statements::text, ';') FROM supabase_migrations.schema_migrations"
        )
          == #"001test{"SELECT 1","SELECT 2"}"#)
    }
  }

  @Test("takes migrations in that ran without it")
  func adoption() async throws {
    try await withFixture { fixture in
      let migrations = RunFixture.plan("SELECT 1", "SELECT 2").steps.map(\.migration)
      let connection = try await Connection.connect(fixture.configuration)
      defer { Task { await connection.close() } }
      let identity = OperatorIdentity(user: "operator", host: "desk", clientVersion: "test")
      try await Adoption(connection: connection, project: "test", identity: identity).adopt(migrations)
      let history = try await read(fixture)
      #expect(history.entries.values.map(\.state) == [.adopted, .adopted])
    }
  }
}
