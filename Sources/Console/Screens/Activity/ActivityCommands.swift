import Display
import ServerActivity

extension ActivityScreen {
  static let commands: [ConsoleCommand] = [
    ConsoleCommand(
      [.character("c")], "Cancel its statement", hint: "cancel statement",
      help:
        "Asks the server to cancel what the session under the cursor runs; the session stays. Asks first.",
      section: .screen, danger: .destructive,
      when: { state in
        let reach = state.reach(.cancelStatement)
        guard reach == .available else { return reach }
        return state.activity.current?.isActive == true
          ? .available : .unavailable("the session runs nothing; \(state.key("End the session")) ends it")
      }
    ) { $0.offer(.cancelStatement) },
    ConsoleCommand(
      [.character("X")], "End the session", hint: "end session",
      help: "Asks the server to end the session under the cursor and roll its transaction back. Asks first.",
      section: .screen, danger: .destructive, when: { $0.reach(.terminate) }
    ) { $0.offer(.terminate) },
    ConsoleCommand(
      [.character("w")], "Watch", hint: "watch",
      help: "Reads the sessions again every two seconds, or stops doing so.", section: .screen
    ) { $0.toggleFollowing() },
    ConsoleCommand(
      [.character("a")], "The server's own", hint: "all",
      help: "Lists the server's own processes as well; again leaves them out.", section: .screen
    ) { $0.toggleServerProcesses() },
  ]
}

extension ConsoleState {
  /// Whether the session under the cursor may be disturbed.
  fileprivate func reach(_ signal: SessionSignal) -> ConsoleCommand.Availability {
    guard let session = activity.current else { return .unavailable("the cursor is on no session") }
    if let readOnlyReason { return .unavailable(readOnlyReason) }
    if signal == .terminate, options.isProtected {
      return .unavailable("the target is protected: no session is ended from here")
    }
    if !session.isClient { return .unavailable("it is a process of the server itself") }
    if isAwaiting(ScreenRequest.activity(.signal(signal, session.key)).slot) {
      return .unavailable("the server is being asked")
    }
    return .available
  }
}
