import Display
import Migrations

/// The help: all commands from the one table, and the symbols; what is typed leaves only what contains it.
struct HelpContent {
  let state: ConsoleState
  let help: HelpOverlay

  func content(columns: Int) -> OverlayContent {
    let search = Text(foreign: help.search)
    var first = Line("Type to search: ", .muted)
    first.add(search, .input)
    var lines = [first, Line()]
    var shown = state
    // Availability is that of the panes below, not of the help itself.
    shown.overlays = Array(state.overlays.dropLast())
    for section in ConsoleCommand.Section.allCases {
      lines += self.lines(of: section, in: shown, columns: columns)
    }
    lines += symbols(columns: columns)
    if lines.count == 2 { lines.append(Line("nothing contains “\(help.search)”", .muted)) }
    // A blank at the end of what is found would only take room.
    while lines.last?.isEmpty == true, lines.count > 2 { lines.removeLast() }
    return OverlayContent(
      title: "Help", columns: columns, lines: lines, typing: Point(column: first.columns, row: 0))
  }

  private func lines(of section: ConsoleCommand.Section, in shown: ConsoleState, columns: Int) -> [Line] {
    var lines: [Line] = []
    var seen: Set<String> = []
    var lastReason: String?
    for command in ConsoleCommand.table
    where command.section == section && (command.screen ?? state.screen) == state.screen && finds(command) {
      let label = state.bindings.label(command, state.glyphs)
      // A command that exists for several places is explained once.
      guard seen.insert("\(label.string) \(command.help)").inserted else { continue }
      let availability = command.availability(shown)
      // A reason that holds for several commands in a row is said above them, once.
      if let reason = availability.reason, reason != lastReason {
        lines += Line.wrapped(
          foreign: reason, .warning, columns: columns, first: "  not now: ", indent: "           ")
      }
      lastReason = availability.reason
      lines += self.lines(of: command, label: label, isUsable: availability == .available, columns: columns)
    }
    return lines.isEmpty ? [] : [Line(Text(foreign: section.rawValue), .accent)] + lines + [Line()]
  }

  private func lines(
    of command: ConsoleCommand, label: Text, isUsable: Bool, columns: Int
  ) -> [Line] {
    let keyColumns = 14
    let texts = Text(foreign: command.help).wrapped(to: max(10, columns - keyColumns - 2))
    return texts.enumerated().map { index, text in
      var line = Line("  ")
      line.add(index == 0 ? label : "", isUsable ? .keyHint : .muted, width: keyColumns, glyphs: state.glyphs)
      line.add(text, isUsable ? .text : .muted)
      return line
    }
  }

  private func finds(_ command: ConsoleCommand) -> Bool {
    let wanted = help.search.lowercased()
    guard !wanted.isEmpty else { return true }
    return [command.title, command.help, state.bindings.label(command, .unicode).string].contains {
      let text = $0.lowercased()
      // A search prepares itself for all of what is sought, which keys that nobody looks at may have made very long.
      return wanted.utf8.count <= text.utf8.count && text.contains(wanted)
    }
  }

  /// What the symbols of the list mean.
  private func symbols(columns: Int) -> [Line] {
    let wanted = help.search.lowercased()
    var lines: [Line] = []
    for known in MigrationState.allCases
    where wanted.isEmpty || "\(known.rawValue) \(known.explanation)".contains(wanted) {
      var line = Line("  ")
      line.add(known.glyph(state.glyphs), known.role)
      line.add(" \(known.rawValue)", known.role, width: 13, glyphs: state.glyphs)
      line.add("\(known.explanation)")
      lines.append(line)
    }
    if wanted.isEmpty {
      for (mark, meaning) in Self.marks {
        var line = Line("  ")
        line.add(mark, .chosen, width: 14, glyphs: state.glyphs)
        line.add(meaning)
        lines.append(line)
      }
    }
    return lines.isEmpty ? [] : [Line("Symbols", .accent)] + lines
  }

  private static let marks: [(Text, Text)] = [
    ("[x]", "chosen"), ("[+]", "comes along, because a chosen one needs it"), ("[ ]", "can be chosen"),
    ("3/9", "3 of the 9 objects that prove the migration are as they should be"),
    ("10/10", "10 of the 10 migrations of the phase are applied"),
  ]
}
