import Display
import Migrations

/// The last line: the keys that mean something now, from the command table; or the filter as it is typed.
struct HintsView {
  let state: ConsoleState

  func draw(on canvas: inout Canvas, in area: Area) {
    var inner = area.inset(columns: 1)
    if let refusal = state.refusal {
      let text: Text = "\(state.glyphs.exclamation) \(refusal)"
      canvas.draw(
        Line(text.clipped(to: inner.columns, ellipsis: state.glyphs.ellipsis), .warning),
        at: Point(column: inner.column, row: inner.row), columns: inner.columns)
      return
    }
    if state.context == .filter {
      let filter = state.shown.filter(state)
      let typed = Text(foreign: filter?.text ?? "")
      var line = Line("/", .keyHint)
      line.add(typed, .input)
      canvas.draw(line, at: Point(column: inner.column, row: inner.row), columns: inner.columns)
      let end = inner.column + min(line.columns, inner.columns - 1)
      canvas.placeCursor(Point(column: end, row: inner.row))
      var count = Line("   \(filter?.matches ?? 0) of \(filter?.total ?? 0)   ", .muted)
      count.add(hints(columns: inner.columns - line.columns - count.columns))
      inner = Area(column: end, row: inner.row, columns: inner.endColumn - end, rows: 1)
      canvas.draw(count, at: Point(column: inner.column, row: inner.row), columns: inner.columns)
      return
    }
    canvas.draw(
      hints(columns: inner.columns), at: Point(column: inner.column, row: inner.row), columns: inner.columns)
  }

  /// As many hints as fit, those that lead out of here always among them.
  func hints(columns: Int) -> Line {
    var first: [Line] = []
    var last: [Line] = []
    for command in ConsoleCommand.applying(in: state) {
      let wayBack = command.wayBack.flatMap { $0.isOn(state) ? $0.hint : nil }
      guard let hint = wayBack ?? command.hint else { continue }
      let availability = command.availability(state)
      let isUsable: Bool
      switch availability {
      case .hidden, .unavailable(_, isOffered: false): continue
      case .unavailable: isUsable = false
      case .available: isUsable = true
      }
      var line = Line(
        Text(foreign: state.bindings.keys(command).first?.description ?? ""), isUsable ? .keyHint : .muted)
      line.add(" \(hint)", isUsable ? .keyLabel : .muted)
      let leadsOut = wayBack != nil || ["abort", "help", "quit", "close"].contains(hint)
      if leadsOut { last.append(line) } else { first.append(line) }
    }
    var room = columns - last.reduce(0) { $0 + $1.columns + 2 }
    var shown = Line()
    for hint in first {
      guard hint.columns + 2 <= room else { continue }
      room -= hint.columns + 2
      shown.add(hint)
      shown.add("  ")
    }
    for hint in last {
      shown.add(hint)
      shown.add("  ")
    }
    return shown
  }
}
