import Catalog
import Postgres
import Schema
import TestServer

/// Looks at some objects beside a whole snapshot.
enum Looks {
  /// What a plain look shows (nil if it does not show all), a complete one, and a whole snapshot, in one transaction.
  static func taken(
    of touched: TouchedObjects, scope: SnapshotScope = .everything, after script: String
  ) async throws -> (plain: Snapshot?, complete: Snapshot, whole: Snapshot) {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      var look = TouchedLook(server: connection.server, scope: scope)
      let preparation = look.preparation
      try look.learn(try await connection.pipeline(preparation).map { try $0.get() })
      let prepared = look
      let seen = try await connection.withLease { lease in
        try await lease.execute("BEGIN; \(script)")
        let requests = [TouchedLook.beginning] + prepared.requests(for: touched)
        let answers = try await lease.pipeline(requests).map { try $0.get() }
        let plain = try prepared.read(Array(answers.dropFirst()), of: touched)
        let asked = prepared.completeRequests(for: touched)
        let rest = try await lease.pipeline(prepared.completePreparation + asked).map { try $0.get() }
        let complete = try prepared.readComplete(Array(rest.suffix(asked.count)), of: touched)
        try await lease.execute("RESET search_path")
        let whole = try await CatalogReader(lease).snapshot(scope)
        try await lease.execute("ROLLBACK")
        return (plain, complete, whole)
      }
      await connection.close()
      return seen
    }
  }

  /// Where sizes and the number of rows are not read, and scans are counted at any time.
  static func withoutSizes(_ object: SchemaObject) -> ObjectDetail {
    switch object.detail {
    case .relation(var detail):
      detail.bytes = 0
      return .relation(detail)
    case .index(var detail):
      detail.bytes = 0
      detail.scans = 0
      return .index(detail)
    default: return object.detail
    }
  }
}
