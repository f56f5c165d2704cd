import Display

/// The line that a command is typed into, and above it what can complete it.
struct CommandLineView {
  let state: ConsoleState

  func draw(on canvas: inout Canvas, layout: ScreenLayout) {
    guard let text = state.commandText else { return }
    let row = layout.hints.inset(columns: 1)
    var line = Line(":", .keyHint)
    line.add("\(text)", .input)
    canvas.draw(line, at: Point(column: row.column, row: row.row), columns: row.columns)
    canvas.placeCursor(Point(column: row.column + min(line.columns, row.columns - 1), row: row.row))
    drawCompletions(on: &canvas, above: row.row, layout)
  }

  private func drawCompletions(on canvas: inout Canvas, above bottom: Int, _ layout: ScreenLayout) {
    let completions = state.completions
    guard !completions.isEmpty else { return }
    let rows = min(completions.count, max(3, layout.body.rows / 2), 12)
    let wordColumns = min(40, completions.map(\.word.count).max() ?? 0)
    let columns = min(state.size.columns - 2, wordColumns + 60)
    let window = canvas.window(
      Area(column: 0, row: bottom - rows - 2, columns: columns, rows: rows + 2), title: "",
      note: "\(completions.count)", isDangerous: false)
    let chosen = state.commandLine?.chosen
    let top = max(0, (chosen ?? 0) - rows + 1)
    for index in top..<min(completions.count, top + rows) {
      let place = Area(column: window.column, row: window.row + index - top, columns: window.columns, rows: 1)
      var line = Line(index == chosen ? state.glyphs.cursor : " ", .accent)
      line.add("\(completions[index].word)", width: wordColumns, glyphs: state.glyphs)
      line.add("  \(completions[index].help)", .muted)
      canvas.draw(line, at: Point(column: place.column, row: place.row), columns: place.columns, on: .overlay)
      if index == chosen { canvas.mark(place, isFocused: true) }
    }
  }
}
