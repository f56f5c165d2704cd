import Migrations
import Rollout
import Schema
import Synchronization

/// Collects what a revert came to, for its JSON document.
final class RevertEvents: Sendable {
  private let storage = Mutex<[RevertEvent]>([])

  /// Keeps an event.
  func add(_ event: RevertEvent) { storage.withLock { $0.append(event) } }

  /// What was taken back, in order, with its time in milliseconds.
  var reverted: [(id: MigrationID, milliseconds: Double)] {
    storage.withLock { events in
      events.compactMap { event in
        if case .reverted(let id, let milliseconds) = event { (id, milliseconds) } else { nil }
      }
    }
  }

  /// What failed, if anything did.
  var failure: RevertFailure? {
    storage.withLock { events in
      for case .failed(let failure) in events { return failure }
      return nil
    }
  }

  /// What a rehearsal found different.
  var differences: [(id: MigrationID, difference: SnapshotDifference)] {
    storage.withLock { events in
      events.compactMap { event in
        if case .compared(let id, let difference) = event { (id, difference) } else { nil }
      }
    }
  }
}
