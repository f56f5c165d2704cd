import Display
import Migrations

extension HistoryScreen {
  static let commands: [ConsoleCommand] =
    [
      ConsoleCommand(
        [.character("r")], "Replay", hint: "replay",
        help: "Shows what happened in the run under the cursor: to be read, stepped through or played.",
        section: .screen,
        when: { state in
          guard state.history.currentRun != nil else {
            return .unavailable("the cursor is on no run", isOffered: false)
          }
          return state.isAwaiting(ScreenRequest.history(.replay(run: 0)).slot)
            ? .unavailable("the run is being read") : .available
        }
      ) { $0.askForReplay() },
      ConsoleCommand(
        [.character("v")], "Other list", hint: "runs/times/tools",
        help:
          "Lists the runs by day, the execution times of migrations, or the histories of other tools, in turn.",
        section: .screen
      ) { $0.showHistoryList($0.state.history.shown.next) },
    ] + replayCommands

  private static let replayCommands: [ConsoleCommand] = [
    ConsoleCommand(
      [.character(" ")], "Play", hint: "play/stop",
      help:
        "Plays the run from the cursor on in the times that it took, or stops. Long waits are cut to two seconds.",
      section: .screen, in: [.replay]
    ) { $0.togglePlaying() },
    ConsoleCommand(
      [.character("n"), Key(.right), .character("l")], "Step forward", hint: "next",
      help: "To what happened next, and stops playing.", section: .screen, in: [.replay]
    ) { $0.stepReplay(1) },
    ConsoleCommand(
      [.character("p"), Key(.left), .character("h")], "Step back", hint: "back",
      help: "To what happened before, and stops playing.", section: .screen, in: [.replay]
    ) { $0.stepReplay(-1) },
    ConsoleCommand(
      [.character("e")], "Next trouble", hint: "next trouble",
      help: "To the next thing that went wrong; behind the last one, to the first.", section: .screen,
      in: [.replay],
      when: { state in
        state.replay?.steps.contains { $0.isBad } == true
          ? .available : .unavailable("nothing went wrong in this run", isOffered: false)
      }
    ) { $0.goToNextTrouble() },
    ConsoleCommand(
      [.character("+"), .character("=")], "Play faster", hint: "faster",
      help: "Plays twice as fast, up to sixteen times.", section: .screen, in: [.replay]
    ) { $0.changeReplaySpeed(1) },
    ConsoleCommand(
      [.character("-")], "Play slower", hint: "slower", help: "Plays half as fast, down to a quarter.",
      section: .screen, in: [.replay]
    ) { $0.changeReplaySpeed(-1) },
    ConsoleCommand(
      [Key(.enter)], "Whole step", hint: "whole",
      help: "Shows the statement and everything that is known of the step.", section: .screen, in: [.replay]
    ) { $0.showWholeStep() },
  ]
}
