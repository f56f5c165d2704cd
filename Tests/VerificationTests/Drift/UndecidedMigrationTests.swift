import Migrations
import Testing
import Verification

@Suite("Drift where nobody knows whether a migration is in")
struct UndecidedMigrationTests {
  @Test("what such a migration may have changed is not held against the ones before it")
  func undecided() async throws {
    let files = [
      ("001_a", "CREATE TABLE a (id int, b int); CREATE TABLE c (id int)"),
      (
        "002_b",
        "DO $$ BEGIN IF current_setting('server_version_num')::int > 0 THEN ALTER TABLE a DROP COLUMN b; END IF; END $$"
      ),
    ]
    try await DriftTrial.with(files) { trial in
      func lines(_ second: MigrationStatus) async throws -> [String] {
        let statuses = [MigrationStatus(id: "001_a", state: .applied, evidence: Evidence()), second]
        return try await DriftTrial(project: trial.project, statuses: statuses, lease: trial.lease)
          .lines(after: "DROP TABLE c")
      }
      let unknown = try await lines(MigrationStatus(id: "002_b", state: .pending, evidence: Evidence()))
      #expect(unknown == ["missing table public.c"])
      // Where a history speaks, what it does not have is not in.
      let recorded = try await lines(
        MigrationStatus(id: "002_b", state: .pending, otherTools: ["goose"], evidence: Evidence()))
      #expect(recorded == ["missing column public.a.b", "missing table public.c"])
    }
  }
}
