import Catalog
import Migrations
import Postgres
import Schema
import Script
import TestServer
import Testing
import Verification

@Suite("How a database was built")
struct OriginJudgeTests {
  private static let first = "CREATE TABLE a (x int);"
  private static let second = "CREATE TABLE b (y int);"
  private static let baseline =
    "CREATE TABLE a (x int); CREATE TABLE b (y int); CREATE TABLE only_here (z int);"

  private static let project = Project(
    name: "p", root: "p",
    migrations: [
      Migration(id: "1", version: "1", name: "", file: "1.sql", script: ScriptParser.parse(first)),
      Migration(id: "2", version: "2", name: "", file: "2.sql", script: ScriptParser.parse(second)),
      Migration(
        id: "all", version: "", name: "", file: "all.sql", script: ScriptParser.parse(baseline),
        covers: ["1", "2"]),
    ])

  @Test(
    "the catalog tells where histories are silent",
    arguments: [
      ("", DatabaseOrigin.baseline("all"), ["superseded", "superseded", "pending"]),
      (first, .files, ["applied", "pending", "superseded"]),
      (first + second, .files, ["applied", "applied", "superseded"]),
      (baseline, .baseline("all"), ["superseded", "superseded", "applied"]),
      ("CREATE TABLE only_here (z int)", .baseline("all"), ["superseded", "superseded", "partial"]),
    ])
  func catalog(made: String, origin: DatabaseOrigin, states: [String]) async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      if !made.isEmpty { try await connection.execute(made) }
      let snapshot = try await CatalogReader(connection).snapshot(.everything)
      let judgement = OriginJudge(Self.project).judge(snapshot, history: History())
      #expect(judgement.origin == origin)
      let statuses = StateJudge.statuses(
        of: Self.project, history: History(), evidence: judgement.evidence, origin: judgement.origin)
      #expect(statuses.map(\.state.rawValue) == states)
      await connection.close()
    }
  }

  @Test("a database that the archive built, and others changed since, never gets the baseline")
  func archive() async throws {
    var project = Self.project
    project.migrations[0].place = .archived
    project.migrations[1].place = .archived
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.execute("CREATE TABLE a (x text, since int)")
      let snapshot = try await CatalogReader(connection).snapshot(.everything)
      let judgement = OriginJudge(project).judge(snapshot, history: History())
      let statuses = StateJudge.statuses(
        of: project, history: History(), evidence: judgement.evidence, origin: judgement.origin)
      #expect(statuses.map(\.state.rawValue) == ["archived", "archived", "superseded"])
      await connection.close()
    }
  }

  @Test("a history goes before the catalog")
  func history() async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.execute(Self.baseline)
      let history = History(entries: ["all": HistoryEntry(id: "all", checksum: "", state: .applied)])
      let snapshot = try await CatalogReader(connection).snapshot(.everything)
      let judgement = OriginJudge(Self.project).judge(snapshot, history: history)
      let statuses = StateJudge.statuses(
        of: Self.project, history: history, evidence: judgement.evidence, origin: judgement.origin)
      #expect(statuses.map(\.state.rawValue) == ["superseded", "superseded", "applied"])
      await connection.close()
    }
  }
}
