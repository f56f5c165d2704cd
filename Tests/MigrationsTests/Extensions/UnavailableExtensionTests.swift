import Schema
import Script
import Testing

@testable import Migrations

@Suite("Extensions that a server cannot give")
struct UnavailableExtensionTests {
  private func file(_ sql: String) -> Migration {
    Migration(
      id: "001_a", version: "001", name: "a", file: "001_a.sql", checksum: "c",
      script: ScriptParser.parse(sql))
  }

  private func server(
    _ available: [String: AvailableExtension]?, installed: [String] = []
  ) -> Snapshot {
    var snapshot = Snapshot(
      serverVersion: 170_006,
      objects: installed.map { SchemaObject(identity: ObjectIdentity(.extension, name: $0)) })
    snapshot.availableExtensions = available
    return snapshot
  }

  private func found(_ sql: String, _ snapshot: Snapshot) -> [UnavailableExtension] {
    UnavailableExtension.among(file(sql).extensionNeeds, on: snapshot)
  }

  @Test("one that the server has no files of, with the place of the statement and where to get it")
  func missing() throws {
    let found = found("SELECT 1;\nCREATE EXTENSION IF NOT EXISTS vector;", server([:]))
    let problem = try #require(found.first?.problem)
    #expect(found.count == 1)
    #expect(problem.code == "extension-unavailable")
    #expect(
      problem.message == "extension `vector` is not available on this server, and `001_a` installs it")
    #expect(problem.location?.description == "001_a.sql:2:1")
    #expect(problem.advice?.contains("apt install postgresql-17-pgvector") == true)
  }

  @Test("none that it has, that is installed already, or that nobody asked about")
  func available() {
    #expect(found("CREATE EXTENSION vector;", server(["vector": AvailableExtension()])).isEmpty)
    #expect(found("CREATE EXTENSION vector;", server([:], installed: ["vector"])).isEmpty)
    #expect(found("CREATE EXTENSION vector;", server(nil)).isEmpty)
  }

  @Test("another version than the one that is named")
  func version() throws {
    let files = AvailableExtension(defaultVersion: "0.8.0", versions: ["0.7.4", "0.8.0"])
    #expect(found("CREATE EXTENSION vector VERSION '0.8.0';", server(["vector": files])).isEmpty)
    let other = try #require(
      found("CREATE EXTENSION vector SCHEMA public VERSION '0.5.1';", server(["vector": files])).first)
    #expect(other.message.contains("in version 0.5.1"))
    #expect(other.message.contains("it has 0.7.4, 0.8.0"))
  }

  @Test("one that needs another that is not there")
  func requirement() throws {
    let files = AvailableExtension(requires: ["cube"])
    let unavailable = try #require(
      found("CREATE EXTENSION earthdistance CASCADE;", server(["earthdistance": files])).first)
    #expect(unavailable.message.contains("needs `cube`"))
    #expect(unavailable.advice.contains("postgresql-contrib"))
    #expect(
      found(
        "CREATE EXTENSION earthdistance CASCADE;",
        server(["earthdistance": files, "cube": AvailableExtension()])
      ).isEmpty)
  }

  @Test(
    "none that the file can do without",
    arguments: [
      "DO $$ BEGIN CREATE EXTENSION vector; EXCEPTION WHEN OTHERS THEN RAISE NOTICE 'without'; END $$;",
      """
      DO $$ BEGIN
        IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector') THEN CREATE EXTENSION vector; END IF;
      END $$;
      """,
    ])
  func optional(sql: String) {
    #expect(found(sql, server([:])).isEmpty)
  }

  @Test("one that a DO block installs unless it is installed")
  func inBlock() {
    let sql = """
      DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'vector') THEN CREATE EXTENSION vector; END IF;
      END $$;
      """
    #expect(found(sql, server([:])).map(\.need.name) == ["vector"])
  }

  @Test("keep a plan from running")
  func plan() {
    let project = Project(name: "p", root: "p", migrations: [file("CREATE EXTENSION vector;")])
    let graph = RequirementGraph(project)
    func problems(_ snapshot: Snapshot) -> [String] {
      Planner.plan(["001_a"], of: project, graph: graph, statuses: [], snapshot: snapshot).problems.map(
        \.code)
    }
    #expect(problems(server([:])) == ["extension-unavailable"])
    #expect(problems(server(["vector": AvailableExtension()])).isEmpty)
  }

  @Test(
    "come from contrib, from Supabase, from a package, or from somewhere",
    arguments: [
      ("pg_trgm", "postgresql-contrib"), ("pg_net", "Supabase provides it"),
      ("postgis", "apt install postgresql-17-postgis-3"), ("my_own", "install its files"),
    ])
  func sources(name: String, words: String) {
    #expect(ExtensionSource.advice(for: name, serverMajor: 17).contains(words))
  }
}
