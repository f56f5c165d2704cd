import Catalog
import Migrations
import Postgres
import Schema
import Script
import TestServer
import Testing
import Verification

@Suite("Access of the samples")
struct SamplesAccessTests {
  private static let samples: String = {
    let folders = #filePath.split(separator: "/").dropLast(4)
    return "/" + folders.joined(separator: "/") + "/migrations"
  }()

  @Test(
    "every cell of the matrix that the probe can test is what the probe finds",
    arguments: ["helix", "hybrid", "identra", "lift-sys", "tenant-backend"])
  func agreement(sample: String) async throws {
    let project = try ProjectReader().read("\(Self.samples)/\(sample)")
    try await TestServer.withDatabase(platform: true) { configuration in
      let connection = try await Connection.connect(configuration)
      try await Self.requireExtensions(of: project, connection)
      let seed = "\(project.root)/seed.sql"
      var files = FileSystem.local.kind(seed) == .file ? [seed] : []
      files += project.migrations.filter { $0.place == .active || $0.place == .applied }
        .map { "\(project.root)/\($0.file)" }
      for file in files {
        try await connection.execute(String(decoding: try FileSystem.local.read(file), as: UTF8.self))
        try await connection.execute("RESET ALL")
      }
      let reader = CatalogReader(connection)
      let matrix = AccessMatrix(try await reader.snapshot(.supabase))
      let before = try await Self.rowCounts(connection)
      let (plan, report) = try await probe(matrix, connection)
      #expect(try await Self.rowCounts(connection) == before)
      let disagreements = report.disagreements(with: matrix)
      #expect(disagreements.isEmpty, "\(disagreements.joined(separator: "\n"))")
      let untried = report.entries.filter { $0.verdict == .untried }
      let reasons = Set(untried.map { "\($0.table.qualifiedName): \($0.detail)" }).sorted()
      let unplanned = plan.omissions.filter { $0.role == nil && $0.table.kind == .table }
        .map { "\($0.table.qualifiedName): \($0.reason)" }
      // Most of what the samples have can be tried; what cannot says why.
      #expect(
        untried.count * 4 <= report.entries.count,
        "\(untried.count) of \(report.entries.count): \((reasons + unplanned).joined(separator: "\n"))")
      await connection.close()
    }
  }

  /// A sample whose extensions the server has no files for is left to servers that have them.
  private static func requireExtensions(of project: Project, _ connection: Connection) async throws {
    let available = try await CatalogReader(connection).serverFacts().extensions
    let effects = project.migrations.flatMap(\.script.statements).flatMap(\.effects)
    for effect in effects where effect.action == .creates && effect.object.kind == .extension {
      if case .guarded = effect.condition { continue }
      if available[effect.object.name] == nil {
        try Test.cancel("this server has no extension \(effect.object.name)")
      }
    }
  }

  private static func rowCounts(_ connection: Connection) async throws -> [String] {
    let tables = try await connection.query(
      "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables WHERE schemaname !~ '^(pg_|information_schema)' ORDER BY 1"
    )
    var counts: [String] = []
    for table in tables.rows.compactMap({ $0[0] }) {
      let count = try await connection.query("SELECT count(*) FROM \(table)")
      counts.append("\(table) \(count.rows.first?[0] ?? "")")
    }
    return counts
  }
}
