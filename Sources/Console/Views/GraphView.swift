import Display
import Migrations

/// The graph of requirements around the migration under the cursor.
struct GraphView {
  let state: ConsoleState

  func draw(on canvas: inout Canvas, in area: Area?) {
    guard let area, let model = state.model else { return }
    let isFocused = state.focus == .graph
    let inside = canvas.pane(area, title: "Graph", isFocused: isFocused)
    let rows = model.graphRows
    guard !rows.isEmpty else {
      canvas.draw(
        Line(" no requirements", .muted), at: Point(column: inside.column, row: inside.row),
        columns: inside.columns)
      return
    }
    let shift = shift(model, columns: inside.columns)
    let last = min(rows.count, state.graphTop + inside.rows)
    for index in state.graphTop..<max(state.graphTop, last) {
      let row = Area(
        column: inside.column, row: inside.row + index - state.graphTop, columns: inside.columns, rows: 1)
      canvas.draw(
        line(rows[index], shift: shift), at: Point(column: row.column, row: row.row), columns: row.columns)
      if let id = rows[index].migration, id == state.shownMigration { canvas.mark(row, isFocused: isFocused) }
    }
    canvas.scrollBar(
      beside: inside, top: state.graphTop, count: rows.count, style: isFocused ? .borderFocused : .border)
  }

  /// How far the drawing is moved to the left, so that the shown migration keeps room for its name.
  private func shift(_ model: ProjectModel, columns: Int) -> Int {
    guard let id = state.shownMigration, let index = model.drawingLine(of: id),
      case .line(let line) = model.graphRows[index]
    else { return 0 }
    let needed = 3 + Text(foreign: line.before + line.after).columns + Text(foreign: id.rawValue).columns
    return max(0, min(needed - columns, Text(foreign: line.before).columns))
  }

  private func line(_ row: GraphRow, shift: Int) -> Line {
    switch row {
    case .line(let drawn): line(drawn, shift: shift)
    case .blank: Line()
    case .aloneHeading: Line(" without requirements:", .muted)
    }
  }

  private func line(_ drawn: GraphDrawing.Line, shift: Int) -> Line {
    var line = Line(" ")
    let known = state.statuses.state(of: drawn.migration)
    let before = Text(foreign: drawn.before)
    line.add(before.dropping(columns: shift), .graphLine)
    // A node left of what is visible leaves its lanes, without its name.
    let hidden = shift - before.columns
    if hidden <= 0 { line.add(known?.glyph(state.glyphs) ?? state.glyphs.middleDot, known?.role ?? .muted) }
    line.add(Text(foreign: drawn.after).dropping(columns: max(0, hidden - 1)), .graphLine)
    let isChosen = state.selection.contains(drawn.migration)
    line.add(" \(drawn.migration)", isChosen ? .chosen : known?.canRun == false ? .muted : .text)
    if let distant = drawn.distantNames { line.add("  \(distant)", .muted) }
    return line
  }
}
