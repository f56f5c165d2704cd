import Display

extension ConsoleCommand {
  /// Finding commands by their names.
  static let commandLineCommands: [ConsoleCommand] = [
    ConsoleCommand(
      [.control("p")], "Palette", help: "Finds a command by its name and does it.", section: .console
    ) { $0.state.overlays.append(.palette(PaletteOverlay())) },
    ConsoleCommand(
      [Key(.enter)], "Do it", hint: "do it", help: "Does what the command under the cursor does.",
      section: .console, in: [.palette]
    ) { $0.runPalette() },
    ConsoleCommand(
      [.character(":")], "Command line", hint: "command",
      help: "Takes a typed command: any of these by name, plan, apply, theme, set. Tab completes.",
      section: .console
    ) { $0.beginCommandLine() },
    ConsoleCommand(
      [Key(.enter)], "Do it", hint: "do it", help: "Does what is typed.", section: .console,
      in: [.commandLine]
    ) { $0.runCommandLine() },
    ConsoleCommand(
      [Key(.escape)], "Leave the line", hint: "leave", help: "Leaves the line without doing anything.",
      section: .console, in: [.commandLine]
    ) { $0.closeCommandLine() },
    ConsoleCommand(
      [Key(.tab)], "Complete", hint: "complete", help: "Completes what is typed; again, the next way.",
      section: .console, in: [.commandLine]
    ) { $0.complete(1) },
    ConsoleCommand(
      [Key(.tab, .shift)], "Complete backwards", help: "The completion before.", section: .console,
      in: [.commandLine]
    ) { $0.complete(-1) },
    ConsoleCommand(
      [Key(.up), .control("p")], "Older line", help: "The command that was typed before.", section: .console,
      in: [.commandLine]
    ) { $0.recall(1) },
    ConsoleCommand(
      [Key(.down), .control("n")], "Newer line", help: "The command that was typed after it.",
      section: .console, in: [.commandLine]
    ) { $0.recall(-1) },
  ]
}
