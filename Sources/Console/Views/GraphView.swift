import Display
import Migrations

/// The graph of requirements around the migration under the cursor.
struct GraphView {
  let state: ConsoleState

  func draw(on canvas: inout Canvas, in area: Area?) {
    guard let area, let model = state.model else { return }
    let isFocused = state.focus == .graph
    let inside = canvas.pane(area, title: "Graph", isFocused: isFocused)
    let lines = model.drawing.lines
    guard !lines.isEmpty else {
      canvas.draw(
        Line(" no requirements", .muted), at: Point(column: inside.column, row: inside.row),
        columns: inside.columns)
      return
    }
    let last = min(lines.count, state.graphTop + inside.rows)
    for index in state.graphTop..<max(state.graphTop, last) {
      let row = Area(
        column: inside.column, row: inside.row + index - state.graphTop, columns: inside.columns, rows: 1)
      canvas.draw(line(lines[index]), at: Point(column: row.column, row: row.row), columns: row.columns)
      if let id = lines[index].migration, id == state.shownMigration {
        canvas.mark(row, isFocused: isFocused)
      }
    }
    canvas.scrollBar(
      beside: inside, top: state.graphTop, count: lines.count, style: isFocused ? .borderFocused : .border)
  }

  private func line(_ drawn: GraphDrawing.Line) -> Line {
    var line = Line(" ")
    line.add(lanes(drawn.lanes), .graphLine)
    guard let id = drawn.migration else { return line }
    let known = state.statuses.state(of: id)
    line.add("\(known?.glyph(state.glyphs) ?? state.glyphs.middleDot) ", known?.role ?? .muted)
    let isChosen = state.selection.contains(id)
    line.add("\(id)", isChosen ? .chosen : known?.canRun == false ? .muted : .text)
    return line
  }

  /// The lanes in the symbols that the terminal has.
  private func lanes(_ text: String) -> Text {
    guard state.glyphs.isASCII else { return Text(foreign: text) }
    return Text(
      foreign: String(
        text.map { lane -> Character in
          switch lane {
          case " ": " "
          case "│", "┃": "|"
          case "─", "━": "-"
          default: lane.isASCII ? lane : "+"
          }
        }))
  }
}
