import Display
import Verification

extension VerifyScreen {
  static let commands: [ConsoleCommand] = [
    ConsoleCommand(
      [.character("r")], "Check again", hint: "check again",
      help: "Makes the checks of the migration under the cursor again, and shows what has changed.",
      section: .screen,
      when: { state in
        guard state.checking == .available else { return state.checking }
        return state.verify.current?.finding.migration == nil
          ? .unavailable("the finding is of no migration; \(state.key("Check all")) checks all") : .available
      }
    ) { $0.checkAgain($0.state.verify.current?.finding.migration) },
    ConsoleCommand(
      [.character("c")], "Check all", hint: "check all",
      help: "Makes all checks again, and shows what has changed.", section: .screen, when: { $0.checking }
    ) { $0.checkAgain(nil) },
    ConsoleCommand(
      [.character("s")], "Sort", hint: "sort",
      help: "Puts the findings together by severity, code, migration or object, in turn.", section: .screen
    ) { $0.sortFindings() },
    ConsoleCommand(
      [.character("v")], "Show what passed", hint: "passed",
      help: "Lists the checks that found what they should as well; again leaves them out.", section: .screen
    ) { $0.togglePassed() },
  ]
}

extension ConsoleState {
  /// Whether checks can be made now.
  fileprivate var checking: ConsoleCommand.Availability {
    if isRunning { return .unavailable("a run is going on") }
    if awaited[VerifyScreen.slot] != nil { return .unavailable("the checks are being made") }
    return reading
  }
}
