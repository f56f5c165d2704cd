import Catalog
import Postgres
import Schema
import TestServer
import Verification

/// A fresh Supabase database with the given schema in it.
func withAccessDatabase<Result>(
  _ sql: String, _ body: (Connection, AccessMatrix) async throws -> Result
) async throws -> Result {
  try await TestServer.withDatabase(platform: true) { configuration in
    let connection = try await Connection.connect(configuration)
    try await connection.execute(sql)
    let matrix = AccessMatrix(try await CatalogReader(connection).snapshot(.supabase))
    let result = try await body(connection, matrix)
    await connection.close()
    return result
  }
}

extension AccessMatrix {
  /// A table's row of the matrix, in the order SELECT, INSERT, UPDATE, DELETE.
  func row(_ name: String, _ role: String) -> [AccessValue] {
    guard let relation = relations.first(where: { $0.name == name }) else { return [] }
    return AccessCommand.onRows.map { cell(relation, $0, role: role).value }
  }
}
