import Migrations
import Schema

/// The database that a project is linted for.
public struct LintTarget: Sendable {
  /// What its catalog holds.
  public var snapshot: Snapshot
  /// The migrations that are in: what they locked is history.
  public var applied: Set<MigrationID>

  /// Makes a target from its parts.
  public init(snapshot: Snapshot, applied: Set<MigrationID>) {
    self.snapshot = snapshot
    self.applied = applied
  }
}
