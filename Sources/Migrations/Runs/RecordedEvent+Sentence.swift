extension RecordedEvent {
  /// What happened, in one line without the time and the migration; durations are left to the reader's units.
  ///
  /// - Parameter duration: how many milliseconds are written.
  public func sentence(duration: (Double) -> String) -> String {
    switch content {
    case .runStarted(let mode, let count):
      "run begins, \(mode), with \(count) \(count == 1 ? "migration" : "migrations")"
    case .waitingForRun(let holder): "waits for another run: pid \(holder.pid)"
    case .migrationStarted(let attempt): attempt > 1 ? "begins, attempt \(attempt)" : "begins"
    case .statementStarted: "sent"
    case .notice(let message): "\(message.severity.lowercased()): \(message.message)"
    case .statementFinished(let milliseconds, let rows):
      "done in \(duration(milliseconds))" + (rows.map { ", \($0) \($0 == 1 ? "row" : "rows")" } ?? "")
    case .statementFailed(let message): "failed: \(Self.phrase(message))"
    case .statementSkipped: "left out by the operator"
    case .blocked(let sessions):
      "waits for a lock of " + sessions.map { "pid \($0.pid)" }.joined(separator: ", ")
    case .queued(let sessions):
      sessions.isEmpty
        ? "keeps nobody waiting any more"
        : "keeps waiting " + sessions.map { "pid \($0.pid)" }.joined(separator: ", ")
    case .paused(let reason): Self.pauses[reason] ?? "waits: \(reason)"
    case .verified(let found, let expected, _):
      expected == 0
        ? "nothing in the catalog to verify"
        : "verified: \(found) of \(expected) objects are as they should be"
    case .migrationFinished(let outcome, let milliseconds, let message):
      "\(Self.outcomes[outcome] ?? outcome) after \(duration(milliseconds))"
        + (message.map { ": \($0.message)" } ?? "")
    case .retrying(let attempt, let message):
      "rolled back, attempt \(attempt) follows" + (message.map { ": \($0.message)" } ?? "")
    case .difference(let added, let changed, let removed):
      added.isEmpty && changed.isEmpty && removed.isEmpty
        ? "changed nothing in the schema"
        : "schema: \(added.count) added, \(changed.count) changed, \(removed.count) removed"
    case .accessChanged(let cells, let widened):
      "access: \(cells) changed" + (widened > 0 ? ", \(widened) widened" : "")
    case .runFinished(let outcome): "run ends: \(outcome)"
    case .amended(let reason): kind + (reason.map { ": \($0)" } ?? "")
    case .other: kind
    }
  }

  private static let outcomes = [
    "applied": "applied", "rolled-back": "rolled back", "failed": "failed", "aborted": "stopped",
    "skipped": "skipped whole by the operator",
  ]

  private static let pauses = [
    "step": "waits for the operator", "breakpoint": "waits at a breakpoint",
    "requested": "paused by the operator", "failure": "waits after the failure",
    "unverified": "waits: the verification is not complete",
    "widened": "waits: access widens beyond what was announced",
  ]

  private static func phrase(_ message: ServerMessage) -> String {
    message.code.isEmpty ? message.message : "\(message.message) (\(message.code))"
  }
}
