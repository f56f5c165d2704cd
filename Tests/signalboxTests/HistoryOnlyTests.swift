import Postgres
import TestServer
import Testing

@Suite("What the histories tell alone")
struct HistoryOnlyTests {
  @Test("apply finds nothing to do without a look at a catalog that somebody holds")
  func nothingToDo() async throws {
    let project = TemporaryProject([
      "001_a.sql": "CREATE TABLE a (id int PRIMARY KEY);\n",
      "002_b.sql": "ALTER TABLE a ADD COLUMN b text;\n",
    ])
    try await TestServer.withDatabase { configuration in
      let database = HelixDatabase(configuration: configuration)
      let arguments = ["apply", "--yes", "--project", project.path, "--database", database.address]
      #expect(try await Program.run(arguments).status == 0)
      let holder = try await Connection.connect(configuration)
      _ = try await holder.execute("BEGIN; LOCK TABLE a IN ACCESS EXCLUSIVE MODE")
      let second = try await Program.run(arguments)
      await holder.close()
      #expect(second.status == 0)
      #expect(second.output.contains("Nothing to do"))
    }
  }

  @Test("status --from-history compares checksums, and has neither evidence nor drift")
  func statusFromHistory() async throws {
    try await TestServer.withDatabase { configuration in
      let database = HelixDatabase(configuration: configuration)
      func run(_ words: [String], _ files: [String: String]) async throws -> Program.Result {
        let project = TemporaryProject(files.merging(["signalbox.toml": "name = \"told\"\n"]) { $1 })
        return try await Program.run(words + ["--project", project.path, "--database", database.address])
      }
      let files = ["001_a.sql": "CREATE TABLE a (id int);\n", "002_b.sql": "CREATE TABLE b (id int);\n"]
      #expect(try await run(["apply", "--yes"], files).status == 0)
      _ = try await database.value("DROP TABLE b")
      let changed = files.merging(["001_a.sql": "CREATE TABLE a (id bigint);\n", "003_c.sql": "SELECT 1;\n"])
      { $1 }
      let status = try await run(["status", "--from-history", "--json", "--exit-code"], changed)
      #expect(status.status == 4)
      for part in [
        #""applied": 1"#, #""changed": 1"#, #""pending": 1"#, #""drift": null"#, #""evidence": null"#,
      ] {
        #expect(status.output.contains(part), "\(part)")
      }
      #expect(try await run(["status", "--from-history"], files).output.contains("2 applied"))
      // A file that has changed is no reason to run it again, but to look at what it says.
      let again = try await run(["apply", "--yes"], files.merging(["001_a.sql": "CREATE TABL a;\n"]) { $1 })
      #expect(again.status == 2)
      #expect(again.errors.contains("001_a.sql:1"))
    }
  }
}
