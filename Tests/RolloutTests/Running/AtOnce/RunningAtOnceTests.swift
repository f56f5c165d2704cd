import Migrations
import Postgres
import Rollout
import Schema
import Synchronization
import Testing

@Suite("A migration that is sent as one message")
struct RunningAtOnceTests {
  @Test("tells and leaves what it would statement by statement")
  func applied() async throws {
    try await expectSame(
      RunFixture.plan(
        """
        CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, b text NOT NULL DEFAULT 'x');
        CREATE INDEX a_b_idx ON a (b);
        ALTER TABLE a ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON a FOR SELECT USING (b = current_user);
        COMMENT ON TABLE a IS 'one';
        GRANT SELECT ON a TO PUBLIC;
        """,
        """
        ALTER TABLE a ADD COLUMN c int;
        DROP INDEX a_b_idx;
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f();
        INSERT INTO a (b) VALUES ('y'), ('z');
        """, "DROP TABLE a"),
      expected: [], outcome: .done,
      has: [
        #"difference 002_test {"added":["column public.a.c""#, #"statement-finished 002_test 4 {"rows":2}"#,
      ])
  }

  @Test("is looked at again where the first look does not show all")
  func rareObjects() async throws {
    try await expectSame(
      RunFixture.plan(
        #"CREATE TABLE a (x text COLLATE "C")"#,
        #"CREATE TABLE b (y text COLLATE "C"); COMMENT ON COLUMN b.y IS 'one'; CREATE INDEX ON b (y, abs(1), upper(y), lower(y))"#,
        "CREATE TABLE c (x int PRIMARY KEY); ALTER TABLE c CLUSTER ON c_pkey", "CREATE TABLE d (x int)"),
      outcome: .done, has: [#"["table public.a","column public.a.x""#, "index public.b_"])
  }

  @Test("has each notice under the statement that caused it")
  func notices() async throws {
    try await expectSame(
      RunFixture.plan("CREATE TABLE a (x int); DROP TABLE IF EXISTS nowhere; CREATE TABLE b (x int)"),
      outcome: .done, has: ["notice 001_test 1 "])
  }

  @Test("says which statement fails, and where in the file, and runs nothing after it")
  func failure() async throws {
    try await expectSame(
      RunFixture.plan(
        "CREATE TABLE kept (x int)", "CREATE TABLE lost (x int);\n\nINSERT INTO lost\n  VALUES (nowhere);",
        "CREATE TABLE never (x int)"),
      outcome: .failed, has: ["statement-failed 002_test 1 ", "002_test.sql:4:11"])
  }

  @Test("meets its deferred constraints before the commit")
  func deferredConstraint() async throws {
    try await expectSame(
      RunFixture.plan(
        """
        CREATE TABLE parent (id int PRIMARY KEY);
        CREATE TABLE child (id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
        INSERT INTO child VALUES (1);
        """), outcome: .failed, has: ["23503"])
  }

  @Test("is not committed if what it should have left is not there, nor is any after it")
  func unverified() async throws {
    try await expectSame(
      RunFixture.plan("CREATE TABLE a (x int)", "ALTER TABLE a ADD COLUMN y int"),
      expected: [.table("public", "nowhere")], outcome: .failed, has: ["found\":0"])
  }

  @Test("is rolled back if its history row is refused, and the one behind it leaves nothing")
  func refusedRow() async throws {
    try await expectSame(
      RunFixture.plan(
        "CREATE TABLE a (x int)", "ALTER TABLE a ADD COLUMN y int", "ALTER TABLE a ADD COLUMN z int"),
      before: HistoryRefusals.row(of: "002_test", saying: "not this one"),
      outcome: .failed, has: ["not this one"])
  }

  @Test("is rolled back if its commit fails, and the one behind it leaves nothing")
  func failingCommit() async throws {
    try await expectSame(
      RunFixture.plan("CREATE TABLE a (x int)", "ALTER TABLE a ADD COLUMN y int"),
      before: HistoryRefusals.commit(of: "001_test", saying: "not at the commit"),
      outcome: .failed, has: ["not at the commit"])
  }

  @Test("gives way to one that must run statement by statement, and goes on behind it")
  func mixed() async throws {
    try await expectSame(
      RunFixture.plan(
        "CREATE TABLE a (x int)", "DO $$ BEGIN EXECUTE 'CREATE TABLE b (x int)'; END $$",
        "ALTER TABLE b ADD COLUMN y int", "DROP TABLE b CASCADE", "CREATE TABLE c (x int)"),
      outcome: .done, has: [#"{"added":["column public.b.y"]"#])
  }

  @Test("is stopped by an abort while it waits, and rolled back; the one before it stays")
  func abort() async throws {
    try await withFixture { fixture in
      try await fixture.query("CREATE TABLE busy (x int)")
      let holder = try await Connection.connect(fixture.configuration)
      _ = try await holder.execute("BEGIN; LOCK TABLE busy IN SHARE ROW EXCLUSIVE MODE")
      let control = RunControl()
      let abort = Task {
        while try await fixture.value(
          "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'ALTER TABLE busy%' AND wait_event_type = 'Lock'"
        ) != "1" {}
        await control.post(.abort)
      }
      let (outcome, events) = try await fixture.run(
        RunFixture.plan(
          "CREATE TABLE a (x int)", "CREATE TABLE b (x int); ALTER TABLE busy ADD COLUMN y int"),
        control: control, lockTimeoutMilliseconds: 600_000)
      try await abort.value
      await holder.close()
      #expect(outcome == .aborted)
      #expect(
        outline(events).contains { $0.hasPrefix("migration-finished 002_test") && $0.contains("aborted") })
      #expect(
        try await fixture.value("SELECT to_regclass('a') IS NOT NULL AND to_regclass('b') IS NULL") == "t")
    }
  }

  @Test("is committed or rolled back, and said to be, if an abort comes before its commit has gone out")
  func abortBeforeCommit() async throws {
    try await withFixture { fixture in
      let control = RunControl()
      let (outcome, events) = try await fixture.run(
        RunFixture.plan("CREATE TABLE a (x int)", "ALTER TABLE a ADD COLUMN y int"), control: control,
        whenTold: { event in
          guard case .verified = event.kind else { return }
          let isPosted = Atomic(false)
          let post = Task {
            await control.post(.abort)
            isPosted.store(true, ordering: .releasing)
          }
          while !isPosted.load(ordering: .acquiring) {}
          withExtendedLifetime(post) {}
        })
      #expect(outcome == .aborted)
      let isThere = try await fixture.value("SELECT to_regclass('a') IS NOT NULL") == "t"
      #expect(
        try await fixture.value(
          "SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('a') AND attname = 'y'")
          == "0")
      #expect(
        try await fixture.value("SELECT count(*) FROM signalbox.migration WHERE state = 'applied'")
          == (isThere ? "1" : "0"))
      #expect(
        outline(events).contains {
          $0.hasPrefix("migration-finished 001_test") && $0.contains(isThere ? "applied" : "aborted")
        })
    }
  }

  @Test("leaves a session as it found it, whatever a trigger of the project sets")
  func settings() async throws {
    try await expectSame(
      RunFixture.plan(
        """
        CREATE SCHEMA s;
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN PERFORM set_config(''search_path'', ''s'', false); RETURN NEW; END';
        CREATE TABLE a (x int);
        CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f();
        """, "INSERT INTO a VALUES (1)", "CREATE TABLE b (x int); INSERT INTO b VALUES (1)"),
      outcome: .done, has: ["table public.b"])
  }

  @Test("is tried again from its beginning if it gets no lock in time; the one before it stays")
  func lockTimeout() async throws {
    try await withFixture { fixture in
      try await fixture.query("CREATE TABLE busy (x int)")
      let holder = try await Connection.connect(fixture.configuration)
      _ = try await holder.execute("BEGIN; LOCK TABLE busy IN SHARE ROW EXCLUSIVE MODE")
      let (outcome, events) = try await fixture.run(
        RunFixture.plan(
          "CREATE TABLE a (x int)", "CREATE TABLE b (x int); ALTER TABLE busy ADD COLUMN y int"),
        lockTimeoutMilliseconds: 20, attempts: 2)
      await holder.close()
      #expect(outcome == .failed)
      #expect(outline(events).contains { $0.hasPrefix("retrying 002_test") })
      #expect(
        try await fixture.value("SELECT to_regclass('a') IS NOT NULL AND to_regclass('b') IS NULL") == "t")
      #expect(try await fixture.value("SELECT string_agg(id, ',') FROM signalbox.migration") == "001_test")
    }
  }
}
