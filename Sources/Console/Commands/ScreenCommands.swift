import Display

extension ConsoleCommand {
  /// Going from screen to screen.
  static let screenCommands: [ConsoleCommand] =
    Screen.parts.map { parts in
      let screen = parts.screen
      return ConsoleCommand(
        [.character(Character("\(screen.rawValue)"))], screen.title,
        help: "Shows the screen \(screen.title).",
        section: .places
      ) { $0.show(screen) }
    } + [
      ConsoleCommand(
        [.character("[")], "Back", help: "To the place before, on whichever screen it was.", section: .places,
        when: {
          $0.places.back.isEmpty ? .unavailable("this is where you began", isOffered: false) : .available
        }
      ) { $0.goBack() },
      ConsoleCommand(
        [.character("]")], "Forward", help: "To the place that [ came from.", section: .places,
        when: {
          $0.places.forward.isEmpty ? .unavailable("there is no later place", isOffered: false) : .available
        }
      ) { $0.goForward() },
      ConsoleCommand(
        [.character("m")], "Go to the migration", hint: "migration",
        help: "Shows the migration behind what the cursor is on; Back returns.", section: .places,
        when: { state in
          if state.screen == .rollout { return .hidden }
          return state.shown.migrationUnderCursor(state) == nil
            ? .unavailable("no migration made what is under the cursor", isOffered: false) : .available
        }
      ) { $0.jumpToMigration() },
    ]
}
