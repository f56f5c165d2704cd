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
      await #expect(throws: RolloutError.historyTooNew(installed: 99, known: 5)) { try await read(fixture) }
      await #expect(throws: RolloutError.historyTooNew(installed: 99, known: 5)) {
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

  @Test("of more tools is read with what they computed of the files")
  func checksumsOfOthers() async throws {
    try await withFixture { fixture in
      try await fixture.query(
        """
        CREATE TABLE _sqlx_migrations (version bigint PRIMARY KEY, description text, installed_on timestamptz DEFAULT now(),
          success bool, checksum bytea, execution_time bigint);
        INSERT INTO _sqlx_migrations VALUES (1, 'initial schema', now(), true, '\\x00ff', 1);
        CREATE TABLE __diesel_schema_migrations (version varchar(50) PRIMARY KEY, run_on timestamp DEFAULT now());
        INSERT INTO __diesel_schema_migrations (version) VALUES ('20240101000000');
        CREATE SCHEMA drizzle;
        CREATE TABLE drizzle.__drizzle_migrations (id serial, hash text NOT NULL, created_at bigint);
        INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('aa', 1700000000000);
        CREATE TABLE history_of_flyway (installed_rank int, version varchar(50), description varchar(200),
          type varchar(20), script varchar(1000), checksum int, installed_by text, installed_on timestamp DEFAULT now(),
          execution_time int, success bool);
        INSERT INTO history_of_flyway VALUES (1, '1', 'base', 'BASELINE', 'base', NULL, 'x', now(), 0, true),
          (2, '2', 'b', 'SQL', 'V2__b.sql', -5, 'x', now(), 0, true), (3, NULL, 'v', 'SQL', 'R__v.sql', 7, 'x', now(), 0, true);
        CREATE TABLE _prisma_migrations (id varchar(36), checksum varchar(64), finished_at timestamptz,
          migration_name varchar(255), logs text, rolled_back_at timestamptz, started_at timestamptz DEFAULT now(),
          applied_steps_count int DEFAULT 0);
        INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name) VALUES ('a', repeat('b', 64), now(), '1_a');
        CREATE TABLE gorp_migrations (id text, applied_at timestamptz DEFAULT now());
        INSERT INTO gorp_migrations VALUES ('001_a.sql');
        CREATE TABLE migrations (unrelated int);
        """)
      let others = try await read(fixture).others
      let rows = Dictionary(uniqueKeysWithValues: others.map { ($0.tool, $0.rows) })
      #expect(rows.keys.sorted() == ["diesel", "drizzle", "flyway", "prisma", "sql-migrate", "sqlx"])
      #expect(rows["sqlx"]?.map(\.checksum) == [.sha384("00ff")])
      #expect(rows["diesel"]?.map(\.version) == ["20240101000000"])
      #expect(rows["drizzle"]?.map(\.checksum) == [.sha256("aa")])
      #expect(rows["drizzle"]?.map(\.version) == ["1700000000000"])
      #expect(rows["flyway"]?.map(\.coversEarlier) == [true, false, false])
      #expect(rows["flyway"]?.map(\.script) == [nil, "V2__b.sql", "R__v.sql"])
      #expect(rows["flyway"]?.map(\.checksum) == [nil, .crc32(-5), .crc32(7)])
      #expect(rows["prisma"]?.map(\.checksum) == [.sha256(String(repeating: "b", count: 64))])
      #expect(rows["sql-migrate"]?.map(\.script) == ["001_a.sql"])
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

  @Test(
    "of an older Signalbox is brought up to date by the first command that writes, and read as it is before")
  func upgraded() async throws {
    try await withFixture { fixture in
      _ = try await fixture.run(RunFixture.plan("SELECT 1"))
      try await fixture.query(OlderHistory.one)
      #expect(try await read(fixture).entries["001_test"]?.state == .applied)
      #expect(try await fixture.value("SELECT max(version) FROM signalbox.schema_version") == "1")
      _ = try await fixture.run(RunFixture.plan("SELECT 1", "SELECT 2"))
      #expect(try await fixture.value("SELECT max(version) FROM signalbox.schema_version") == "5")
      #expect(try await fixture.value("SELECT count(*) FROM signalbox.migration") == "2")
    }
  }

  @Test("is compressed by LZ4 where the server can, new or brought up to date")
  func compression() async throws {
    try await withFixture { fixture in
      let isFast = """
        SELECT (count(*) = 2) = (SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression')
        FROM pg_attribute WHERE attrelid = 'signalbox.record'::regclass AND to_jsonb(pg_attribute) ->> 'attcompression' = 'l'
        """
      _ = try await fixture.run(RunFixture.plan("SELECT 1"))
      #expect(try await fixture.value(isFast) != "f")
      try await fixture.query(OlderHistory.one)
      _ = try await fixture.run(RunFixture.plan("SELECT 1", "SELECT 2"))
      #expect(try await fixture.value(isFast) != "f")
    }
  }

  @Test("is made once by runs of many projects that begin together")
  func together() async throws {
    try await withFixture { fixture in
      try await withThrowingTaskGroup(of: RunOutcome.self) { group in
        for number in 0..<12 {
          group.addTask { try await fixture.run(RunFixture.plan("SELECT 1"), project: "p\(number)").outcome }
        }
        for try await outcome in group { #expect(outcome == .done) }
      }
    }
  }
}
