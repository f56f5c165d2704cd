import Catalog
import Glibc
import Migrations
import Postgres
import Schema
import Script
import TestServer
import Testing
import Verification

/// Other people's migrations, which are not in the repository: `SIGNALBOX_FIELD_TRIALS` names a folder of projects.
///
/// What a server refuses (an extension that it lacks, a table that another program makes) is rolled back and named; what
/// runs is compared.
@Suite("Effects foretell what other people's migrations do")
struct FieldTrials {
  @Test("no object missed, none invented", arguments: Sample.ofOthers)
  func prediction(_ sample: Sample) async throws {
    let project = try ProjectReader().read(sample.path, leavingOutUnreadable: true)
    let isSupabase = project.platform == .supabase
    try await TestServer.withDatabase(platform: isSupabase) { configuration in
      let connection = try await Connection.connect(configuration)
      var total = PredictionTrial.Outcome()
      var refused: [String] = []
      try await connection.withLease { lease in
        let trial = try await PredictionTrial(lease, isSupabase ? .supabase : .everything)
        for migration in project.migrations where migration.isRunnable {
          do {
            let outcome = try await trial.runFile(migration.script)
            for failure in outcome.failures { Issue.record("\(migration.id):\n\(failure.differences)") }
            total.add(outcome)
          } catch let failure as FailedStatement {
            _ = try await lease.execute("ROLLBACK")
            refused.append("\(migration.id): \(failure.error) in: \(failure.text.prefix(80))")
          }
        }
      }
      await connection.close()
      print(
        "\(sample.name): \(total.statements) statements, \(total.foretold) differences foretold,",
        "\(total.conditional) conditional, \(total.failures.count) files wrong,",
        "\(total.opaque.count) opaque, \(refused.count) refused")
      for line in total.opaque { print("  opaque  \(line)") }
      for line in refused { print("  refused \(line)") }
    }
  }
}

extension Sample {
  /// Every folder in the folder that the environment names; none without it.
  static let ofOthers: [Sample] = {
    guard let root = getenv("SIGNALBOX_FIELD_TRIALS").map({ String(cString: $0) }) else { return [] }
    let names = (try? FileSystem.local.list(root)) ?? []
    return names.sorted().map { Sample(name: $0, path: root + "/" + $0) }
  }()
}
