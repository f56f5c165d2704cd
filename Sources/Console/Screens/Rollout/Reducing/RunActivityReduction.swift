import Migrations

/// Looking around while a statement of the run takes long.
extension Reduction {
  /// Asks what goes on around the run, once a second at most, and only when a statement takes longer than that.
  mutating func watchRun() {
    guard state.isRunning, let run = state.run, run.pause == nil, let id = run.current,
      let current = run.migrations[id]?.currentStatement,
      case .running(let since) = run.migrations[id]?.statements[current],
      now - since >= Self.patience, now - (state.rollout.activityAskedAt ?? 0) >= Self.patience,
      !state.isAwaiting(ScreenRequest.rollout(.activity).slot)
    else { return }
    state.rollout.activityAskedAt = now
    load(.rollout(.activity))
  }

  mutating func takeActivity(_ activity: RunActivity) {
    guard state.isRunning, state.run?.pause == nil else { return }
    state.run?.activity = activity
  }

  /// Seconds after which one wonders.
  private static let patience = 1.0
}
