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
    lines.append(Line())
    lines += choices(columns: columns)
    return OverlayContent(
      title: "\(failure.migration) · statement \(failure.statement + 1) failed",
      note: message.location.map { "\($0)" } ?? "", columns: columns, lines: lines, isDangerous: true)
  }

  private func excerpt(columns: Int) -> [Line] {
    guard let position = failure.message.statementPosition,
      let statement = state.statement(failure.statement, of: failure.migration),
      let excerpt = Excerpt(of: statement.text, position: position)
    else { return [] }
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
      if index == excerpt.caretIndex {
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

  private func choices(columns: Int) -> [Line] {
    ConsoleCommand.table.filter { $0.contexts.contains(.failure) && $0.section == .running }.compactMap {
      command in
      let availability = command.availability(state)
      guard availability != .hidden else { return nil }
      let isUsable = availability == .available
      var line = Line(command.label(state.glyphs), isUsable ? .keyHint : .muted)
      line.add(
        "  \(availability.reason.map { "\(command.title): \($0)" } ?? command.help)",
        isUsable ? .text : .muted)
      return line
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
      var line: Line
      if case .differs(let how) = item.verdict {
        line = Line("\(state.glyphs.exclamation) \(item.object.phrase): \(how)", .warning)
      } else if item.action == .drops {
        line = Line("\(state.glyphs.cross) \(item.object.phrase) is still there", .danger)
      } else {
        line = Line("\(state.glyphs.cross) \(item.object.phrase)", .danger)
      }
      if let position = item.position { line.add("  line \(position.line)", .muted) }
      lines.append(line)
    }
    lines.append(Line())
    for command in ConsoleCommand.table
    where command.contexts.contains(.unverified) && command.section == .running {
      let availability = command.availability(state)
      guard availability != .hidden else { continue }
      let isUsable = availability == .available
      var line = Line(command.label(state.glyphs), isUsable ? .keyHint : .muted)
      line.add(
        "  \(availability.reason.map { "\(command.title): \($0)" } ?? command.help)",
        isUsable ? .text : .muted)
      lines.append(line)
    }
    return OverlayContent(
      title: "\(id) · verification is not complete", columns: columns, lines: lines, isDangerous: true)
  }
}
