import Display
import Migrations

extension ConsoleCommand {
  private static let breakpointHelp =
    "Makes a run wait before the statement under the cursor, or before the migration under the cursor of the list; "
    + "again takes it away."

  /// Telling a run what to do.
  static let runCommands: [ConsoleCommand] = [
    ConsoleCommand(
      [.character("r")], "Retry", hint: "retry", help: "Sends the failed statement again.",
      section: .running, in: [.panes, .failure], when: { $0.failed }
    ) { $0.tell(.retry) },
    ConsoleCommand(
      [.character("n")], "Next statement", hint: "next",
      help: "Runs the next statement and waits again; while one runs, a few presses are remembered.",
      section: .running, when: { $0.stepping }
    ) { $0.stepOn() },
    ConsoleCommand(
      [.character("f")], "Finish migration", hint: "finish",
      help: "Runs to the end of this migration and waits again.", section: .running,
      when: { $0.waitingAtStatement }
    ) { $0.tell(.finishMigration) },
    ConsoleCommand(
      [.character("c")], "Continue", hint: "continue", help: "Runs on without waiting.", section: .running,
      when: { $0.waitingAtStatement }
    ) { $0.tell(.proceed) },
    ConsoleCommand(
      [.character("b")], "Breakpoint", hint: "break",
      help: breakpointHelp, section: .running, when: { $0.telling }
    ) { $0.toggleBreakpoint() },
    ConsoleCommand(
      [.character("b")], "Breakpoint", help: breakpointHelp, section: .running,
      when: { state in
        if state.isRunning { return .hidden }
        return state.shownMigration == nil
          ? .unavailable("no migration is under the cursor", isOffered: false) : .available
      }
    ) { $0.toggleBreakpoint() },
    ConsoleCommand(
      [.character("p")], "Pause", hint: "pause", help: "Waits before the next statement.", section: .running,
      when: { state in
        guard state.isRunning, let run = state.run else { return .hidden }
        return run.pause == nil ? .available : .unavailable("the run waits already", isOffered: false)
      }
    ) { $0.tell(.pause) },
    ConsoleCommand(
      [.character("S")], "Skip statement", hint: "skip",
      help: "Leaves this statement out and goes on, after asking; the history records it.",
      section: .running, in: [.panes, .failure], danger: .destructive, when: { $0.skipping }
    ) { $0.askToSkip() },
    ConsoleCommand(
      [.character("M")], "Skip migration",
      help:
        "Rolls back what this migration has done, leaves it out whole and goes on, after asking; the history records it.",
      section: .running, in: [.panes, .failure], danger: .destructive, when: { $0.skippingMigration }
    ) { $0.askToSkipMigration() },
    ConsoleCommand(
      [.character("V")], "Accept unverified", hint: "accept",
      help:
        "Commits although the verification found something missing, after asking; the history records it.",
      section: .running, in: [.panes, .unverified], danger: .destructive, when: { $0.unverified }
    ) { $0.askToAccept() },
    ConsoleCommand(
      [.character("x")], "Abort", hint: "abort",
      help: "Cancels what runs, rolls it back and ends the run, after asking.", section: .running,
      in: [.panes, .failure, .unverified], danger: .destructive, when: { $0.telling }
    ) { $0.askToAbort() },
    ConsoleCommand(
      [.character("e")], "Error", hint: "error", help: "Shows what failed, and what can be done about it.",
      section: .running,
      when: { state in
        if case .available = state.failed { return .available }
        switch state.run?.pause?.reason {
        case .unverified where state.isRunning, .widened where state.isRunning: return .available
        default: break
        }
        return .hidden
      }
    ) { $0.showPauseReason() },
    ConsoleCommand(
      [.character(".")], "Follow the run", hint: "follow",
      help: "Shows the statement that runs, after looking elsewhere.", section: .running,
      when: { state in
        guard state.isRunning else { return .hidden }
        return state.rollout.followsRun ? .unavailable("it is shown already", isOffered: false) : .available
      }
    ) { $0.state.rollout.followsRun = true },
    ConsoleCommand(
      [.character("v")], "Results", hint: "results", help: "Shows how the last run ended.", section: .running,
      when: { $0.run?.isOver == true ? .available : .hidden }
    ) { $0.state.overlays.append(.summary(scroll: 0)) },
  ]
}
