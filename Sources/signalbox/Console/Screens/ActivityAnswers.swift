import Catalog
import Console

extension TargetSession {
  /// Answers the Activity screen.
  func answer(_ request: ActivityRequest) async throws -> ActivityAnswer {
    let reader = CatalogReader(connection)
    switch request {
    case .look: return .activity(try await reader.activity())
    case .signal(let signal, let session):
      return .signalled(
        try await reader.signal(signal, process: session.process, startedAt: session.startedAt))
    }
  }
}
