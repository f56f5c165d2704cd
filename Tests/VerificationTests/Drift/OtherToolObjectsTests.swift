import Testing
import Verification

@Suite("What other tools keep their histories in")
struct OtherToolObjectsTests {
  @Test("the history of another tool is no drift, nor the schema that holds nothing else")
  func histories() async throws {
    try await DriftTrial.with([("001_a", "CREATE TABLE a (id int)")]) { trial in
      for history in Self.histories {
        let lines = try await trial.lines(after: history)
        #expect(lines.isEmpty, "\(history)")
      }
    }
  }

  @Test("a table that only has the name of a history is one that no migration made")
  func otherTables() async throws {
    try await DriftTrial.with([("001_a", "CREATE TABLE a (id int)")]) { trial in
      let named = try await trial.lines(after: "CREATE TABLE migrations (from_country text, people int)")
      #expect(named == ["unmanaged table public.migrations"])
      let beside = try await trial.lines(
        after: "CREATE SCHEMA x; CREATE TABLE x.schema_version (version int); CREATE TABLE x.b (id int)")
      #expect(beside == ["unmanaged schema x"])
    }
  }

  private static let histories = [
    "CREATE TABLE gorp_migrations (id text PRIMARY KEY, applied_at timestamptz)",
    "CREATE TABLE pgmigrations (id serial PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL)",
    "CREATE TABLE play_evolutions (id int PRIMARY KEY, hash varchar(255) NOT NULL, state varchar(255))",
    "CREATE TABLE schema_version (version int NOT NULL)",
    "CREATE TABLE changelog (id numeric(20, 0) PRIMARY KEY, applied_at varchar(25), description varchar(255))",
    "CREATE TABLE migrations (migration varchar(255) NOT NULL)",
    """
    CREATE TABLE own_name (id serial PRIMARY KEY, version_id bigint NOT NULL, is_applied boolean NOT NULL,
      tstamp timestamp DEFAULT now())
    """,
    """
    CREATE TABLE databasechangelog (id varchar(255), filename varchar(255), exectype varchar(10));
    CREATE TABLE databasechangeloglock (id int PRIMARY KEY)
    """,
    """
    CREATE SCHEMA graphile_migrate;
    CREATE TABLE graphile_migrate.migrations (hash text PRIMARY KEY, previous_hash text, filename text NOT NULL)
    """,
    """
    CREATE SCHEMA atlas_schema_revisions; CREATE TABLE atlas_schema_revisions.atlas_schema_revisions (
      version varchar PRIMARY KEY, applied bigint NOT NULL, total bigint NOT NULL, hash varchar NOT NULL)
    """,
  ]
}
