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
    let last = min(rows.count, state.graphTop + inside.rows)
    for index in state.graphTop..<max(state.graphTop, last) {
      let row = Area(
        column: inside.column, row: inside.row + index - state.graphTop, columns: inside.columns, rows: 1)
      let isCursor = rows[index].migration.map { $0 == state.shownMigration } ?? false
      canvas.draw(
        line(rows[index], isCursor: isCursor), at: Point(column: row.column, row: row.row),
        columns: row.columns)
      if isCursor { canvas.mark(row, isFocused: isFocused) }
    }
    canvas.scrollBar(
      beside: inside, top: state.graphTop, count: rows.count, style: isFocused ? .borderFocused : .border)
  }

  private func line(_ row: GraphRow, isCursor: Bool) -> Line {
    switch row {
    case .line(let drawn): line(drawn, isCursor: isCursor)
    case .blank: Line()
    case .aloneHeading: Line(" without requirements:", .muted)
    }
  }

  private func line(_ drawn: GraphDrawing.Line, isCursor: Bool) -> Line {
    var line = Line(isCursor ? state.glyphs.cursor : " ", .accent)
    let known = state.statuses.state(of: drawn.migration)
    line.add("\(drawn.before)", .graphLine)
    line.add(known?.glyph(state.glyphs) ?? state.glyphs.middleDot, known?.role ?? .muted)
    line.add("\(drawn.after)", .graphLine)
    let isChosen = state.selection.contains(drawn.migration)
    line.add(" \(drawn.migration)", isChosen ? .chosen : known?.canRun == false ? .muted : .text)
    if let distant = drawn.distantNames { line.add("  \(distant)", .muted) }
    return line
  }
}
