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

  /// A sample, and of its cells those of which nothing could be found out and those where the server was only asked.
  struct Sample: Sendable, CustomTestStringConvertible {
    var name: String
    /// Of each relation the cells that nothing was found out about, and why.
    var untried: [String] = []
    /// Of each function the cells where it was not called, and why.
    var asked: [String] = []

    var testDescription: String { name }
  }

  @Test(
    "every cell of the matrix is what the probe finds by doing, but for those that are named with their reason",
    arguments: [
      Sample(name: "helix"), Sample(name: "hybrid"), Sample(name: "identra"), Sample(name: "lift-sys"),
      Sample(name: "tenant-backend"),
    ])
  func agreement(sample: Sample) async throws {
    let project = try ProjectReader().read("\(Self.samples)/\(sample.name)")
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
      let objects = matrix.relations + matrix.otherObjects
      let (plan, report) = try await probe(matrix, connection, relations: objects)
      #expect(try await Self.rowCounts(connection) == before)
      let disagreements = report.disagreements(with: matrix)
      #expect(disagreements.isEmpty, "\(disagreements.joined(separator: "\n"))")
      let untried = report.entries.filter { $0.verdict == .untried }
      let unplanned = plan.omissions.filter { $0.role == nil }.map { omission in
        "\(matrix.commands(for: omission.table).count * 3) \(omission.table.qualifiedName): \(omission.reason)"
      }
      #expect((Self.counted(untried) + unplanned).sorted() == sample.untried)
      #expect(Self.counted(report.entries.filter(\.isAsked)) == sample.asked)
      await connection.close()
    }
  }

  /// How many cells of each object, and why: `3 public.f: the server says so; …`.
  private static func counted(_ entries: [ProbeReport.Entry]) -> [String] {
    Dictionary(grouping: entries) { "\($0.table.qualifiedName): \($0.detail)" }
      .map { "\($0.value.count) \($0.key)" }.sorted()
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
