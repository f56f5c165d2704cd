import Catalog
import Migrations
import Postgres
import Schema
import Script
import TestServer
import Testing
import Verification

@Suite("Drift of the samples")
struct SampleDriftTests {
  private static let samples: String = {
    let folders = #filePath.split(separator: "/").dropLast(4)
    return "/" + folders.joined(separator: "/") + "/migrations"
  }()

  private static func names() throws -> [String] { try FileSystem.local.list(samples).sorted() }

  @Test("a database that holds exactly what the migrations made has no drift", arguments: try names())
  func noDrift(sample: String) async throws {
    let project = try ProjectReader().read("\(Self.samples)/\(sample)")
    let isSupabase = project.platform == .supabase
    let run = project.migrations.filter(\.isRunnable)
    try await TestServer.withDatabase(platform: isSupabase) { configuration in
      let connection = try await Connection.connect(configuration)
      let reader = CatalogReader(connection)
      let facts = try await reader.serverFacts()
      for effect in run.flatMap(\.script.statements).flatMap(\.effects)
      where effect.action == .creates && effect.object.kind == .extension {
        if case .guarded = effect.condition { continue }
        if facts.extensions[effect.object.name] == nil {
          try Test.cancel("the server does not have the extension \(effect.object.name)")
        }
      }
      let seed = "\(project.root)/seed.sql"
      if FileSystem.local.kind(seed) == .file {
        try await connection.execute(String(decoding: try FileSystem.local.read(seed), as: UTF8.self))
      }
      for migration in run {
        let bytes = try FileSystem.local.read("\(project.root)/\(migration.file)")
        try await connection.execute(String(decoding: bytes, as: UTF8.self))
      }
      let snapshot = try await reader.snapshot(isSupabase ? .supabase : .everything)
      let statuses = run.map { MigrationStatus(id: $0.id, state: .applied) }
      let report = try await DriftJudge(project, statuses: statuses, snapshot: snapshot).report {
        try await reader.compare($0)
      }
      #expect(report.compared > 10)
      #expect(
        report.drifts.isEmpty,
        "\(report.drifts.count): \(report.drifts.prefix(40).map(\.longLine).joined(separator: "\n"))")
      await connection.close()
    }
  }
}
