import Display
import Migrations

/// A question before something dangerous.
struct ConfirmationContent {
  let state: ConsoleState
  let question: Confirmation

  func content(columns: Int) -> OverlayContent {
    var lines = question.lines.flatMap { Line.wrapped(foreign: $0, columns: columns) }
    for warning in question.warnings {
      lines += Line.wrapped(foreign: warning, .warning, columns: columns, first: "", indent: "        ")
    }
    lines.append(Line())
    var typing: Point?
    var answer = Line()
    if let expected = question.expected {
      if question.acknowledgements.isEmpty {
        lines += Line.wrapped(
          foreign: question.prompt
            ?? "This target is protected. Type the database's name to confirm: \(expected)", columns: columns)
      } else {
        lines += Line.wrapped(
          foreign: "This widens access. Type what it widens to acknowledge it:", .warning, columns: columns)
        lines += Line.wrapped(foreign: expected, columns: columns, indent: "  ")
      }
      answer.add("> ", .keyHint)
      answer.add("\(question.typed)", .input)
      typing = Point(column: answer.columns, row: lines.count)
      lines.append(answer)
      answer = Line()
      let isTyped = question.typed == expected
      let verb = question.acknowledgements.isEmpty ? question.verb : "acknowledge"
      answer.add("Enter", isTyped ? .keyHint : .muted)
      answer.add(" \(verb)    ", isTyped ? .text : .muted)
    } else {
      answer.add("y", .keyHint)
      answer.add(" \(question.verb)    ")
    }
    answer.add("Esc", .keyHint)
    answer.add(" no")
    lines.append(answer)
    return OverlayContent(
      title: Text(foreign: question.title), columns: columns, lines: lines, isDangerous: true, typing: typing)
  }
}

/// The migrations that can be adopted, and what that means.
struct AdoptionContent {
  let state: ConsoleState
  let overlay: AdoptionOverlay

  func content(columns: Int) -> OverlayContent {
    let count = Amounts.count(overlay.migrations.count, "migration")
    var head = Line.wrapped(
      "What \(overlay.migrations.count == 1 ? "it leaves" : "they leave") is in the database, but the history does not "
        + "have \(overlay.migrations.count == 1 ? "it" : "them"): another tool ran \(count). Adopting records "
        + "\(overlay.migrations.count == 1 ? "it" : "them") as applied. Nothing is run.", columns: columns)
    var answer = Line("y", .keyHint)
    answer.add(" record \(count)    ")
    answer.add("Esc", .keyHint)
    answer.add(" no")
    head += [Line(), answer, Line()]
    let ids = overlay.migrations
    let state = state
    return OverlayContent(
      title: "Adopt \(count)?", columns: columns, count: head.count + ids.count
    ) { [head] index in
      if index < head.count { return head[index] }
      let id = ids[index - head.count]
      var line = Line("\(state.glyphs.filledCircle) ", .stateApplied)
      line.add("\(id)", width: max(10, columns - 12), glyphs: state.glyphs)
      if let evidence = state.statuses[id]?.evidence {
        let text: Text = evidence.isInconclusive ? "no proof" : "\(evidence.found)/\(evidence.expected)"
        line.add(right: text, .muted, width: 9, glyphs: state.glyphs)
      }
      return line
    }
  }
}

/// The themes to choose from.
struct ThemesContent {
  let state: ConsoleState

  func content() -> OverlayContent {
    let nameColumns = state.themes.map { Text(foreign: $0.name).columns }.max() ?? 0
    let lines = state.themes.enumerated().map { index, theme in
      var line = Line(index == state.themeIndex ? state.glyphs.cursor : " ", .accent)
      line.add(" ")
      line.add("\(theme.name)", width: nameColumns, glyphs: state.glyphs)
      let meaning: Text =
        theme.appearance == .terminal
        ? "the terminal's own colours" : "for \(theme.appearance.rawValue) screens"
      line.add("  \(meaning)", .muted)
      return line
    }
    let columns = min(state.size.columns - 6, max(30, lines.map(\.columns).max() ?? 0))
    return OverlayContent(title: "Theme", columns: columns, lines: lines, cursorLine: state.themeIndex)
  }
}

/// Everything that has happened.
struct LogContent {
  let state: ConsoleState

  func content(columns: Int) -> OverlayContent {
    let entries = state.log.entries
    guard !entries.isEmpty else {
      return OverlayContent(
        title: "Log", columns: columns, lines: [Line("Nothing has happened yet.", .muted)])
    }
    let state = state
    return OverlayContent(title: "Log", columns: columns, count: entries.count) {
      LogView.line(entries[$0], state: state)
    }
  }
}
