import Display

extension ConsoleCommand {
  /// Filtering, opening, copying.
  static let lookingCommands: [ConsoleCommand] = [
    ConsoleCommand(
      [Key(.enter)], "Open", hint: "open",
      help:
        "Folds or unfolds a group; goes to the details or statements of a row; shows a statement as a whole; in the "
        + "graph, goes to the migration under the cursor.",
      section: .looking
    ) { $0.state.shown.open(&$0) },
    ConsoleCommand(
      [.character("/")], "Filter", hint: "filter",
      help: "Shows only the rows that contain what is typed.", section: .looking,
      when: { $0.shown.filter($0) == nil ? .hidden : .available }
    ) { $0.beginFilter() },
    ConsoleCommand(
      [.character("n")], "Next match", help: "To the next row that the filter leaves.",
      section: .looking, when: { $0.matching }
    ) { $0.state.shown.moveToMatch(1, &$0) },
    ConsoleCommand(
      [.character("N")], "Previous match", help: "To the row before that the filter leaves.",
      section: .looking, when: { $0.matching }
    ) { $0.state.shown.moveToMatch(-1, &$0) },
    ConsoleCommand(
      [Key(.enter)], "Keep the filter", hint: "keep", help: "Leaves the field and keeps the filter.",
      section: .looking, in: [.filter]
    ) { $0.state.isFiltering = false },
    ConsoleCommand(
      [Key(.escape)], "Clear the filter", hint: "clear", help: "Shows all rows again.",
      section: .looking, in: [.filter]
    ) { $0.clearFilter() },
    ConsoleCommand(
      [.character("i")], "Look inside", hint: "look inside",
      wayBack: WayBack(hint: "look outside") { $0.inside != nil },
      help:
        "While a run waits, shows Schema and Access as its open transaction has left them so far, what is not committed "
        + "marked; again shows what is committed.",
      section: .running, in: [.panes, .failure, .unverified], when: { $0.lookingInside }
    ) { $0.toggleInside() },
    ConsoleCommand(
      [.character("L")], "Log", hint: "log", help: "Shows everything that has happened.", section: .looking
    ) { $0.state.overlays.append(.log(fromEnd: 0)) },
    ConsoleCommand(
      [.character("o")], "Editor", help: "Opens the file in your editor, at the statement under the cursor.",
      section: .looking, in: [.panes, .statement, .failure],
      when: {
        $0.fileUnderCursor == nil ? .unavailable("nothing that has a file is under the cursor") : .available
      }
    ) { $0.openEditor() },
    ConsoleCommand(
      [.character("Y")], "Copy",
      help: "Copies what is under the cursor to the clipboard: a statement, a name.",
      section: .looking, in: [.panes, .statement, .text, .rows, .replay, .diagram],
      when: { $0.textUnderCursor == nil ? .unavailable("nothing is under the cursor") : .available }
    ) { $0.copy() },
  ]
}

extension ConsoleState {
  /// Whether there are matches to go to; during a run the key has another meaning on the Rollout screen.
  fileprivate var matching: ConsoleCommand.Availability {
    let hasFilter = shown.filter(self).map { !$0.text.isEmpty } ?? false
    return hasFilter && !(isRunning && screen == .rollout) ? .available : .hidden
  }
}
