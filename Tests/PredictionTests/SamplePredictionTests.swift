import Catalog
import Migrations
import Postgres
import Schema
import Script
import TestServer
import Testing
import Verification

@Suite("Effects foretell what the migrations of the samples do")
struct SamplePredictionTests {
  @Test("no object missed, none invented", arguments: Sample.all)
  func prediction(_ sample: Sample) async throws {
    let project = try ProjectReader().read(sample.path)
    let isSupabase = project.platform == .supabase
    var scripts = project.migrations.filter(\.isRunnable).map { ($0.id.rawValue, $0.script) }
    // What the sample's database holds before its first migration.
    if let seed = try? FileSystem.local.read(sample.path + "/seed.sql") {
      scripts.insert(("seed", ScriptParser.parse(seed)), at: 0)
    }
    try await TestServer.withDatabase(platform: isSupabase) { configuration in
      let connection = try await Connection.connect(configuration)
      var total = PredictionTrial.Outcome()
      try await connection.withLease { lease in
        try await requireExtensions(of: scripts.map(\.1), lease)
        let trial = try await PredictionTrial(lease, isSupabase ? .supabase : .everything)
        for (name, script) in scripts {
          let outcome = try await trial.runFile(script)
          for failure in outcome.failures { Issue.record("\(name):\n\(failure.differences)") }
          total.add(outcome)
        }
      }
      await connection.close()
      #expect(total.foretold > 0)
      #expect(total.opaque.count * 50 <= total.statements, "\(total.opaque.joined(separator: "\n"))")
    }
  }

  @Test("what is done but not said is missed, and what is said but not done is invented")
  func wrongEffects() async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.withLease { lease in
        var script = ScriptParser.parse("CREATE TABLE pair (left_side integer, right_side integer)")
        let last = script.statements[0].effects.removeLast()
        script.statements[0].effects.append(Effect(.creates, .column("public", "pair", "middle")))
        let outcome = try await PredictionTrial(lease, .everything).run(script)
        #expect(last.object == .column("public", "pair", "right_side"))
        #expect(
          outcome.failures.map(\.differences) == [
            "missed   + column public.pair.right_side\ninvented + column public.pair.middle"
          ])
      }
      await connection.close()
    }
  }

  /// Gives the test up where the server lacks an extension that cannot be done without.
  private func requireExtensions(of scripts: [ParsedScript], _ lease: LeasedConnection) async throws {
    let wanted = Set(
      scripts.flatMap(\.statements).filter { $0.tag == "CREATE EXTENSION" }.flatMap(\.effects)
        .filter { $0.action == .creates && $0.object.kind == .extension }.map(\.object.name))
    let rows = try await lease.query("SELECT name::text AS name FROM pg_available_extensions").rows
    let missing = wanted.subtracting(try rows.map { try $0.text("name") })
    if missing.contains("vector") { try Test.cancel("the server does not have the extension vector") }
  }
}

/// A project under `migrations/`.
struct Sample: Sendable, CustomTestStringConvertible {
  var name: String
  var path: String
  var testDescription: String { name }

  /// Every folder under `migrations/`.
  static let all: [Sample] = {
    let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/migrations"
    let names = (try? FileSystem.local.list(root)) ?? []
    return names.sorted().map { Sample(name: $0, path: root + "/" + $0) }
  }()
}
