import Catalog
import Console
import Migrations
import Postgres
import Schema
import Synchronization

/// The open transaction of a run, as screens may look into it while the run waits.
final class RunInside: Sendable {
  private let connection: Connection
  private let scope: SnapshotScope
  /// The catalog as the last migration began; read outside its transaction, so that it is what is committed.
  private let committed = Mutex<Snapshot?>(nil)

  init(connection: Connection, scope: SnapshotScope) {
    self.connection = connection
    self.scope = scope
  }

  /// Remembers the catalog before a migration.
  func note(committed snapshot: Snapshot) { committed.withLock { $0 = snapshot } }

  /// Answers what is asked of the inside; nil for all other questions.
  func answer(_ request: ScreenRequest) async throws -> ScreenAnswer? {
    let transaction = OpenTransaction(connection)
    switch request {
    case .rollout(.lookInside):
      let scope = scope
      let snapshot = try await transaction.look { try await CatalogReader($0).snapshot(scope) }
      return .rollout(.inside(snapshot, committed: committed.withLock { $0 }))
    case .schema(.inside(.definition(let object))):
      return .schema(
        .definition(try await transaction.look { try await CatalogReader($0).definition(of: object) }))
    case .schema(.inside(.rows(let relation, let offset))):
      return .schema(
        .rows(try await transaction.look { try await RowReader($0).page(of: relation, offset: offset) }))
    default: return nil
    }
  }
}
