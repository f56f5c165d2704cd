import Display
import Migrations
import Script

/// A statement that failed: the error, the place in the SQL, and the choices that make sense.
struct FailureContent {
  let state: ConsoleState
  let failure: FailureOverlay

  func content(columns: Int) -> OverlayContent {
    let message = failure.message
    var lines = Line.wrapped(foreign: message.phrase, .danger, columns: columns)
    lines += excerpt(columns: columns)
    if let detail = message.detail { lines += labelled("detail", detail, columns: columns) }
    if let hint = message.hint { lines += labelled("hint", hint, columns: columns) }
    if let context = message.context { lines += labelled("context", context, columns: columns) }
    if lines.last?.isEmpty != true { lines.append(Line()) }
    lines += state.choices(in: .failure, columns: columns)
    return OverlayContent(
      title: "\(failure.migration) · statement \(failure.statement + 1) failed",
      note: message.location.map { "\($0)" } ?? "", columns: columns, lines: lines, isDangerous: true)
  }

  /// The lines around the place that the error points to; where it points nowhere, the statement's beginning.
  private func excerpt(columns: Int) -> [Line] {
    guard let statement = state.statement(failure.statement, of: failure.migration) else { return [] }
    let excerpt: Excerpt
    let hasCaret: Bool
    if let position = failure.message.statementPosition,
      let place = Excerpt(of: statement.text, position: position)
    {
      (excerpt, hasCaret) = (place, true)
    } else if let beginning = Excerpt(of: statement.text, position: 1, context: 7) {
      (excerpt, hasCaret) = (beginning, false)
    } else {
      return []
    }
    let firstLine = statement.position.line + excerpt.firstNumber - 1
    let numberColumns = String(firstLine + excerpt.lines.count).count
    let room = columns - numberColumns - 4
    // A long line is moved so that the caret stays in sight.
    let widest = excerpt.lines.map(\.columns).max() ?? 0
    let shift = widest <= room ? 0 : max(0, excerpt.caretColumn - room * 2 / 3)
    var lines = [Line()]
    for (index, text) in excerpt.lines.enumerated() {
      var line = Line("  ")
      line.add(right: "\(firstLine + index)", .muted, width: numberColumns, glyphs: state.glyphs)
      line.add("  ")
      line.add(text.dropping(columns: shift).clipped(to: room, ellipsis: state.glyphs.ellipsis))
      lines.append(line)
      if hasCaret, index == excerpt.caretIndex {
        lines.append(
          Line(Text(" ").repeated(numberColumns + 4 + excerpt.caretColumn - shift) + "^", .danger))
      }
    }
    lines.append(Line())
    return lines
  }

  private func labelled(_ label: Text, _ text: String, columns: Int) -> [Line] {
    let width = 9
    let wrapped = Text.lines(foreign: text).flatMap { $0.wrapped(to: max(10, columns - width)) }
    return wrapped.enumerated().map { index, text in
      var line = Line()
      line.add(index == 0 ? label : "", .muted, width: width, glyphs: state.glyphs)
      line.add(text)
      return line
    }
  }
}

extension ConsoleState {
  /// What can be done about what a window shows: its commands, each with what it does or why it cannot be used.
  fileprivate func choices(in context: CommandContext, columns: Int) -> [Line] {
    let keyColumns = 3
    return ConsoleCommand.table.filter { $0.contexts.contains(context) && $0.section == .running }.flatMap {
      command -> [Line] in
      let availability = command.availability(self)
      guard availability != .hidden else { return [] }
      let isUsable = availability == .available
      let words: Text =
        availability.reason.map { "\(command.title): \($0)" } ?? "\(command.title): \(command.help)"
      return words.wrapped(to: max(10, columns - keyColumns)).enumerated().map { index, text in
        var line = Line()
        line.add(
          index == 0 ? bindings.label(command, glyphs) : "", isUsable ? .keyHint : .muted, width: keyColumns,
          glyphs: glyphs)
        line.add(text, isUsable ? .text : .muted)
        return line
      }
    }
  }
}

/// A migration whose verification before the commit is not complete.
struct UnverifiedContent {
  let state: ConsoleState
  let id: MigrationID
  let evidence: Evidence

  func content(columns: Int) -> OverlayContent {
    var lines = Line.wrapped(
      "Every statement ran, but only \(evidence.found) of \(evidence.expected) objects are as they should be. Nothing "
        + "is committed yet.", columns: columns)
    lines.append(Line())
    for item in evidence.items where item.verdict != .found {
      let place = item.position.map { " (line \($0.line))" } ?? ""
      let (mark, role, words): (Text, Role, String) =
        switch (item.verdict, item.action) {
        case (.differs(let how), _): (state.glyphs.exclamation, .warning, ": \(how)")
        case (_, .drops): (state.glyphs.cross, .danger, " is still there")
        default: (state.glyphs.cross, .danger, " is not there")
        }
      lines += Line.wrapped(
        foreign: "\(item.object.phrase)\(words)\(place)", role, columns: columns, first: mark + " ",
        indent: "  ")
    }
    lines.append(Line())
    lines += state.choices(in: .unverified, columns: columns)
    return OverlayContent(
      title: "\(id) · verification is not complete", columns: columns, lines: lines, isDangerous: true)
  }
}
