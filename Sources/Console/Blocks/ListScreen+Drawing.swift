import Display

/// A list and its details on the screen.
extension ListScreen {
  static func draw(_ state: ConsoleState, on canvas: inout Canvas, in area: Area) {
    let (list, detail) = state[keyPath: path].panes.areas(in: area, arrangement)
    if let list { drawList(state, on: &canvas, in: list) }
    if let detail { drawDetail(state, on: &canvas, in: detail) }
  }

  private static func drawList(_ state: ConsoleState, on canvas: inout Canvas, in area: Area) {
    let own = state[keyPath: path]
    let isFocused = own.panes.focus == .list
    let whole = canvas.pane(area, title: listTitle(state), note: filterNote(own.list), isFocused: isFocused)
    guard !whole.isEmpty else { return }
    let head = listHead(state, columns: whole.columns - 1)
    let (top, inside) = whole.splitAtTop(rows: head.count)
    canvas.draw(
      head, in: Area(column: top.column + 1, row: top.row, columns: top.columns - 1, rows: top.rows))
    guard own.list.count > 0 else {
      let columns = inside.columns - 2
      let lines =
        own.list.filter.isEmpty
        ? instead(state, columns: columns) : [Line("nothing contains “\(own.list.filter)”", .muted)]
      canvas.draw(lines, in: inside.inset(columns: 1))
      return
    }
    let position = own.list.position
    for row in position.top..<max(position.top, min(own.list.count, position.top + inside.rows)) {
      let place = Area(
        column: inside.column, row: inside.row + row - position.top, columns: inside.columns, rows: 1)
      let isCursor = row == position.cursor
      // The row under the cursor has a symbol as well: a bar alone is lost where there are no colours.
      var line = Line(isCursor ? state.glyphs.cursor : " ", .accent)
      line.add(Self.line(of: own.list[row], state, columns: place.columns - 1).marking(own.list.filter))
      canvas.draw(line, at: Point(column: place.column, row: place.row), columns: place.columns)
      if isCursor { canvas.mark(place, isFocused: isFocused) }
    }
    canvas.scrollBar(
      beside: inside, top: position.top, count: own.list.count, style: isFocused ? .borderFocused : .border)
  }

  private static func filterNote(_ list: FilteredList<Item>) -> Text {
    list.filter.isEmpty ? "" : "/\(list.filter): \(list.matches) of \(list.total)"
  }

  private static func drawDetail(_ state: ConsoleState, on canvas: inout Canvas, in area: Area) {
    let own = state[keyPath: path]
    let isFocused = own.panes.focus == .detail
    let inside = canvas.pane(
      area, title: detailTitle(state), note: detailNote(state), isFocused: isFocused)
    guard !inside.isEmpty else { return }
    let lines = detailText(state, columns: inside.columns - 1).lines
    let cursor = isFocused ? own.detail.cursor : nil
    for row in own.detail.top..<max(own.detail.top, min(lines.count, own.detail.top + inside.rows)) {
      let place = Area(
        column: inside.column, row: inside.row + row - own.detail.top, columns: inside.columns, rows: 1)
      var line = Line(row == cursor ? state.glyphs.cursor : " ", .accent)
      line.add(lines[row])
      canvas.draw(line, at: Point(column: place.column, row: place.row), columns: place.columns)
      if row == cursor { canvas.mark(place, isFocused: true) }
    }
    canvas.scrollBar(
      beside: inside, top: own.detail.top, count: lines.count, style: isFocused ? .borderFocused : .border)
  }
}
