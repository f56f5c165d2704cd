import Catalog
import Migrations
import Postgres
import Schema
import Script
import TestServer
import Testing
import Verification

@Suite("Samples")
struct PrefixTests {
  /// The directory of sample projects, from the place of this file.
  private static let samples: String = {
    let folders = #filePath.split(separator: "/").dropLast(4)
    return "/" + folders.joined(separator: "/") + "/migrations"
  }()

  /// Gives the database what a sample's first migration finds; a sample whose extensions the server has no files for is
  /// left to servers that have them.
  private func prepare(_ connection: Connection, for project: Project, facts: ServerFacts) async throws {
    let effects = project.migrations.flatMap(\.script.statements).flatMap(\.effects)
    for effect in effects where effect.action == .creates && effect.object.kind == .extension {
      if case .guarded = effect.condition { continue }
      guard facts.extensions[effect.object.name] == nil else { continue }
      try Test.cancel("this server has no extension \(effect.object.name)")
    }
    let seed = "\(project.root)/seed.sql"
    guard FileSystem.local.kind(seed) == .file else { return }
    try await connection.execute(String(decoding: try FileSystem.local.read(seed), as: UTF8.self))
  }

  private static func names() throws -> [String] { try FileSystem.local.list(samples).sorted() }

  @Test(
    "after applying exactly the first k migrations, evidence is complete for these and absent for the rest, for every k",
    arguments: try names())
  func prefixes(sample: String) async throws {
    let project = try ProjectReader().read("\(Self.samples)/\(sample)")
    let judge = EvidenceJudge(project)
    let run = project.migrations.filter { $0.place == .active || $0.place == .applied }
    let scope: SnapshotScope = project.platform == .supabase ? .supabase : .everything
    var mistakes: [String] = []
    var silent: Set<MigrationID> = Set(run.map(\.id))
    try await TestServer.withDatabase(platform: project.platform == .supabase) { configuration in
      let connection = try await Connection.connect(configuration)
      let reader = CatalogReader(connection)
      try await prepare(connection, for: project, facts: try await reader.serverFacts())
      for count in 0...run.count {
        if count > 0 {
          let bytes = try FileSystem.local.read("\(project.root)/\(run[count - 1].file)")
          try await connection.execute(String(decoding: bytes, as: UTF8.self))
        }
        let evidence = judge.evidence(in: try await reader.snapshot(scope))
        for (index, migration) in run.enumerated() {
          let items = evidence[migration.id]?.items ?? []
          if !items.isEmpty { silent.remove(migration.id) }
          for item in items where (item.verdict == .found) != (index < count) {
            mistakes.append("after \(count): \(migration.id): \(item.action) \(item.object): \(item.verdict)")
          }
        }
      }
      await connection.close()
    }
    #expect(
      mistakes.isEmpty, "\(mistakes.count) mistakes, of them \(mistakes.prefix(20).joined(separator: "\n"))")
    #expect(
      silent.isEmpty, "never any evidence for \(silent.map(\.rawValue).sorted().joined(separator: ", "))")
  }
}
