import Catalog
import Migrations
import Postgres
import Schema
import Script
import TestServer
import Testing
import Verification

/// A project of the given files, all of which have run in a database of its own.
struct DriftTrial {
  let project: Project
  let statuses: [MigrationStatus]
  let lease: LeasedConnection

  /// Runs the files, and lends the database.
  static func with(
    _ files: [(name: String, text: String)], platform: Platform = .none,
    _ body: (DriftTrial) async throws -> Void
  ) async throws {
    var context = ScriptContext()
    let migrations = files.map { file in
      Migration(
        id: MigrationID(file.name), version: String(file.name.prefix(3)), name: file.name,
        file: "\(file.name).sql", script: ScriptParser.parse(Array(file.text.utf8), in: &context))
    }
    let project = Project(name: "p", root: "/", platform: platform, migrations: migrations)
    try await TestServer.withDatabase(platform: platform == .supabase) { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.withLease { lease in
        for file in files { _ = try await lease.execute(file.text) }
        try await body(
          DriftTrial(
            project: project, statuses: migrations.map { MigrationStatus(id: $0.id, state: .applied) },
            lease: lease))
      }
      await connection.close()
    }
  }

  /// What disagrees now.
  func report() async throws -> DriftReport {
    let reader = CatalogReader(lease)
    let snapshot = try await reader.snapshot(project.platform == .supabase ? .supabase : .everything)
    return try await DriftJudge(project, statuses: statuses, snapshot: snapshot).report {
      try await reader.compare($0)
    }
  }

  /// What disagrees after a change that is taken back again, one line each.
  func lines(after change: String) async throws -> [String] {
    _ = try await lease.execute("BEGIN")
    _ = try await lease.execute(change)
    let lines = try await report().drifts.map(\.line)
    _ = try await lease.execute("ROLLBACK")
    return lines
  }
}

extension Drift {
  /// `changed policy "own rows" on public.notes: USING`.
  var line: String {
    let detail = part.map { ": \($0)" } ?? ""
    return "\(kind.rawValue) \(object)\(detail)\(reason.map { " (\($0))" } ?? "")"
  }

  /// The same with what both sides say.
  var longLine: String { "\(line)\n    files    \(expected ?? "-")\n    database \(actual ?? "-")" }
}
