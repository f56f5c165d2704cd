import Migrations
import Postgres

/// Migrations that have run and were verified, and wait for their history rows and their commit.
struct UnsettledMessage: Sendable {
  let steps: [PlanStep]
  /// The history rows, the events so far, and COMMIT.
  let requests: [PipelineRequest]
  /// The events that these store, apart from those that are held.
  let events: EventBacklog
  /// The transaction, by which a lost commit is settled.
  let transaction: String
  /// When the first of them began.
  let began: Double

  /// Whether they share the transaction, and their events are held.
  var isShared: Bool { steps.count > 1 }

  /// The last of them, which stands for all.
  var lastStep: PlanStep { steps[steps.count - 1] }

  /// Says that they are committed.
  func tellCommit(to log: EventLog, at now: Double) {
    if isShared {
      log.release()
    } else {
      log.emit(.migrationFinished(lastStep.migration.id, .applied, milliseconds: (now - began) * 1_000))
    }
  }
}
