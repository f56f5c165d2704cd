import Postgres
import Schema

/// A snapshot, with what was asked along with it.
public struct SnapshotAnswer: Sendable {
  /// The objects.
  public var snapshot: Snapshot
  /// Which transactions it shows.
  public var moment: CatalogMoment
  /// The session's `search_path`, as the server writes it; nil if it did not say.
  public var searchPath: String?
  /// The answers to the caller's own questions, in their order.
  public var answers: [QueryResult]
}
