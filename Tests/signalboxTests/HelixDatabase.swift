import Glibc
import Postgres
import TestServer

/// The Helix sample on a database of its own, in the state of its document: 65 migrations in, without a history.
struct HelixDatabase: Sendable {
  let configuration: ConnectionConfiguration

  /// The repository that the tests belong to.
  static let repository: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/")
  }()

  static let project = repository + "/migrations/helix"

  /// How the database is named on a command line.
  var address: String {
    configuration.parameters.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
  }

  /// Runs a command on the sample and this database.
  func run(_ arguments: String...) async throws -> Program.Result {
    try await Program.run(arguments + ["--project", Self.project, "--database", address])
  }

  /// The first column of the first row of a query.
  func value(_ sql: String) async throws -> String? {
    let connection = try await Connection.connect(configuration)
    let result = try await connection.query(sql)
    await connection.close()
    return result.rows.first?[0]
  }

  /// Lends the sample in its document's state.
  static func with<Result: Sendable>(_ body: (HelixDatabase) async throws -> Result) async throws -> Result {
    try await TestServer.withDatabase(platform: true) { configuration in
      let connection = try await Connection.connect(configuration)
      for file in try appliedFiles() {
        _ = try await connection.execute("BEGIN")
        _ = try await connection.execute(try String(contentsOfFile: "\(project)/_applied/\(file)"))
        _ = try await connection.execute("COMMIT; RESET ALL")
      }
      await connection.close()
      return try await body(HelixDatabase(configuration: configuration))
    }
  }

  private static func appliedFiles() throws -> [String] {
    guard let directory = opendir(project + "/_applied") else {
      throw Program.SpawnError(path: project, code: errno)
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".sql") { names.append(name) }
    }
    return names.sorted()
  }
}
