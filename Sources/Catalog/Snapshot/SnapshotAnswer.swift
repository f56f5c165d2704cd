import Postgres
import Schema

/// A snapshot, with what was asked along with it.
public struct SnapshotAnswer: Sendable {
  /// The objects.
  public var snapshot: Snapshot
  /// Which transactions it shows.
  public var moment: CatalogMoment
  /// The answers to the caller's own questions, in their order.
  public var answers: [QueryResult]
}
