import Display

extension ConsoleCommand {
  private static let everywhere = Set(CommandContext.allCases)

  /// The console itself.
  static let consoleCommands: [ConsoleCommand] = [
    ConsoleCommand(
      [.character("R")], "Refresh", hint: "refresh",
      help: "Reads the project and the target again, and connects if there is no connection.",
      section: .console,
      when: { $0.isRunning ? .unavailable("a run is going on", isOffered: false) : .available }
    ) { $0.refresh() },
    ConsoleCommand(
      [.character("T")], "Theme", help: "Chooses among the themes, showing each.", section: .console
    ) { $0.chooseTheme() },
    ConsoleCommand(
      [.control("t")], "Target", help: "Chooses among the targets of the project file, and goes there.",
      section: .console, when: { $0.switching }
    ) { $0.chooseTarget() },
    ConsoleCommand(
      [.character("?"), Key(.function(1))], keysLabel: "?", "Help", hint: "help",
      help: "Shows this. Type to search it.", section: .console,
      in: everywhere.subtracting([.help, .filter, .confirmation, .palette, .commandLine])
    ) { $0.showHelp() },
    ConsoleCommand(
      [.control("z")], "Suspend", help: "Gives the terminal back to the shell; fg returns.",
      section: .console, in: everywhere
    ) { $0.effects.append(.suspend) },
    ConsoleCommand(
      [.control("l")], "Redraw", help: "Draws the whole screen anew.", section: .console, in: everywhere
    ) { $0.effects.append(.redraw) },
    ConsoleCommand(
      [.character("q")], "Quit", hint: "quit", help: "Leaves. Asks first while a run is going on.",
      section: .console
    ) { $0.quit() },
    ConsoleCommand(
      [.control("c")], "Quit from anywhere",
      help: "Leaves from anywhere. Asks first while a run is going on.",
      section: .console, in: everywhere
    ) { $0.quit() },
  ]
}
