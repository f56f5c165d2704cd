import Catalog
import Migrations
import Postgres
import Schema
import Script
import TestServer
import Testing
import Verification

@Suite("States without a history")
struct PrefixPropertyTests {
  @Test(
    "after another tool has applied exactly the first k files, these are applied and the rest pending, for every k",
    arguments: PrefixSet.all)
  func prefixes(set: PrefixSet) async throws {
    let project = Self.project(set)
    let judge = EvidenceJudge(project)
    var mistakes: [String] = []
    var proved: Set<Int> = []
    let isKnown = try await TestServer.withDatabase(platform: set.platform) { configuration in
      let connection = try await Connection.connect(configuration)
      guard connection.server.version >= set.since * 10_000 else {
        await connection.close()
        return false
      }
      for statement in set.before { try await connection.execute(statement) }
      let reader = CatalogReader(connection)
      for count in 0...set.files.count {
        if count > 0 { try await connection.execute(set.files[count - 1]) }
        let snapshot = try await reader.snapshot(set.platform ? .supabase : .everything)
        let evidence = judge.evidence(in: snapshot)
        let statuses = StateJudge.statuses(of: project, history: History(), evidence: evidence)
        for (index, status) in statuses.enumerated() {
          let items = evidence[status.id]?.items ?? []
          if !items.isEmpty { proved.insert(index + 1) }
          let wanted: MigrationState = index < count ? .applied : .pending
          // What nothing can prove says so.
          if status.state == wanted || (items.isEmpty && status.note != nil) { continue }
          let wrong = items.filter { ($0.verdict == .found) != (index < count) }
          mistakes.append("after \(count): \(status.id) is \(status.state.rawValue): \(wrong)")
        }
      }
      for object in set.clusterObjects {
        if object.hasPrefix("ROLE ") {
          try await connection.execute("DROP OWNED BY \(object.dropFirst("ROLE ".count)) CASCADE")
        }
      }
      await connection.close()
      return true
    }
    guard isKnown else { return }
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      for object in set.clusterObjects { try await connection.execute("DROP \(object)") }
      await connection.close()
    }
    #expect(mistakes.isEmpty, "\(mistakes.joined(separator: "\n"))")
    #expect(Set(1...set.files.count).subtracting(proved) == set.silent)
  }

  private static func project(_ set: PrefixSet) -> Project {
    let platform: Platform = set.platform ? .supabase : .none
    var context = ScriptContext(searchPath: platform.searchPath)
    let migrations = set.files.enumerated().map { index, text in
      Migration(
        id: MigrationID("00\(index + 1)"), version: "\(index + 1)", name: "", file: "00\(index + 1).sql",
        script: ScriptParser.parse(Array(text.utf8), in: &context))
    }
    return Project(name: "p", root: "/", platform: platform, migrations: migrations)
  }
}
