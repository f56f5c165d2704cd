import Display

extension ConsoleCommand {
  /// Filtering, opening, copying.
  static let lookingCommands: [ConsoleCommand] = [
    ConsoleCommand(
      [Key(.enter)], "Open", hint: "open",
      help:
        "Folds or unfolds a phase; shows a migration's statements; shows a statement as a whole; in the graph, "
        + "goes to the migration under the cursor.",
      section: .looking
    ) { $0.open() },
    ConsoleCommand(
      [.character("/")], "Filter", hint: "filter",
      help: "Shows only the migrations whose names contain what is typed.", section: .looking
    ) { $0.beginFilter() },
    ConsoleCommand(
      [.character("n")], "Next match", help: "To the next migration that the filter leaves.",
      section: .looking, when: { $0.list.filter.isEmpty || $0.isRunning ? .hidden : .available }
    ) { $0.moveToMatch(1) },
    ConsoleCommand(
      [.character("N")], "Previous match", help: "To the migration before that the filter leaves.",
      section: .looking, when: { $0.list.filter.isEmpty || $0.isRunning ? .hidden : .available }
    ) { $0.moveToMatch(-1) },
    ConsoleCommand(
      [Key(.enter)], "Keep the filter", hint: "keep", help: "Leaves the field and keeps the filter.",
      section: .looking, in: [.filter]
    ) { $0.state.isFiltering = false },
    ConsoleCommand(
      [Key(.escape)], "Clear the filter", hint: "clear", help: "Shows all migrations again.",
      section: .looking, in: [.filter]
    ) { $0.clearFilter() },
    ConsoleCommand(
      [.character("L")], "Log", hint: "log", help: "Shows everything that has happened.", section: .looking
    ) { $0.state.overlays.append(.log(fromEnd: 0)) },
    ConsoleCommand(
      [.character("o")], "Editor", help: "Opens the file in your editor, at the statement under the cursor.",
      section: .looking, in: [.panes, .statement, .failure],
      when: { $0.fileUnderCursor == nil ? .unavailable("no migration is under the cursor") : .available }
    ) { $0.openEditor() },
    ConsoleCommand(
      [.character("Y")], "Copy", help: "Copies the statement or the migration's name to the clipboard.",
      section: .looking, in: [.panes, .statement],
      when: { $0.textUnderCursor == nil ? .unavailable("no migration is under the cursor") : .available }
    ) { $0.copy() },
  ]
}
