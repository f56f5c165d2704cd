import Migrations

/// What several migrations do that share a transaction, by migration.
struct HeldEvents {
  private var events: [MigrationID: [(time: Double, kind: RunEvent.Kind)]] = [:]

  /// Gives the events of a migration, in their order.
  mutating func remove(_ migration: MigrationID) -> [(time: Double, kind: RunEvent.Kind)] {
    events.removeValue(forKey: migration) ?? []
  }

  /// Takes an event in; false if it is not about what a migration does, and is to be told at once.
  mutating func take(_ kind: RunEvent.Kind, at time: Double) -> Bool {
    guard let migration = Self.migration(of: kind) else { return false }
    events[migration, default: []].append((time, kind))
    return true
  }

  private static func migration(of kind: RunEvent.Kind) -> MigrationID? {
    switch kind {
    case .migrationStarted(let id, _), .statementStarted(let id, _), .statementFinished(let id, _, _, _),
      .statementFailed(let id, _, _), .statementSkipped(let id, _), .verified(let id, _),
      .migrationFinished(let id, _, _), .difference(let id, _), .accessChanged(let id, _):
      id
    case .notice(let id, _, _): id
    // Who waits, and for whom, is of use only while it is so.
    case .runStarted, .waitingForRun, .blocked, .queued, .paused, .retrying, .runFinished: nil
    }
  }
}
