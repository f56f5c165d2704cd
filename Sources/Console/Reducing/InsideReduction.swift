import Migrations
import Schema

/// Looking inside the open transaction of a run that waits, and leaving it again.
extension Reduction {
  /// Looks inside, or outside again.
  mutating func toggleInside() {
    if state.inside != nil {
      leaveInside()
    } else {
      load(.rollout(.lookInside))
    }
  }

  /// Shows the catalog as the open transaction has left it so far.
  mutating func takeInside(_ inside: Snapshot, committed: Snapshot?) {
    // The run may have gone on while the answer was on its way.
    guard let pause = state.run?.pause, state.inside == nil else { return }
    state.inside = InsideLook(
      pause: pause, inside: inside, committed: committed ?? state.catalog ?? Snapshot(),
      outside: state.catalog)
    state.catalog = inside
    state.schema.showsUncommittedOnly = true
    state.schema.showsUnmanagedOnly = false
    closeRunWindows()
    note(
      .information,
      "looking inside the open transaction of \(pause.migration): nothing of it is committed; \(state.key("Look inside")) looks outside again"
    )
    if state.screen != .schema, state.screen != .access { show(.schema) }
  }

  /// Shows what is committed again; does nothing if that is shown.
  mutating func leaveInside() {
    state.awaited[ScreenRequest.rollout(.lookInside).slot] = nil
    guard let inside = state.inside else { return }
    state.inside = nil
    if let outside = inside.outside { state.catalog = outside }
    state.schema.showsUncommittedOnly = false
    state.schema.rebuild()
    // Rows and definitions that stand open were read inside.
    state.overlays.removeAll {
      switch $0 {
      case .rows, .text: true
      default: false
      }
    }
  }
}

extension ConsoleState {
  /// Whether the operator can look inside the run's transaction now.
  var lookingInside: ConsoleCommand.Availability {
    guard isRunning, let run else { return .hidden }
    if inside != nil { return .available }
    guard let pause = run.pause else {
      return .unavailable(
        "the run does not wait: \(key("Pause")) pauses it on the Rollout screen", isOffered: false)
    }
    if isAwaiting(ScreenRequest.rollout(.lookInside).slot) {
      return .unavailable("the transaction is being read")
    }
    guard let step = run.step(pause.migration), case .single = step.mode else {
      return .unavailable(
        "this migration runs outside a transaction: what is done is committed", isOffered: false)
    }
    return .available
  }
}
