import Display

/// The window over the panes, if there is one.
struct OverlayView {
  let state: ConsoleState

  func draw(on canvas: inout Canvas, in area: Area) {
    guard let overlay = state.overlays.last else { return }
    guard case .confirmation = overlay, let below = state.overlays.dropLast().last else {
      draw(overlay, on: &canvas, in: area)
      return
    }
    // A question stands under the window that it is about, so that both can be read.
    let rows = min(OverlayContent(overlay, state).count + 2, area.rows)
    let (above, own) = area.splitAtTop(rows: area.rows - rows)
    if above.rows > 2 { draw(below, on: &canvas, in: above) }
    draw(overlay, on: &canvas, in: own)
  }

  private func draw(_ overlay: Overlay, on canvas: inout Canvas, in area: Area) {
    let content = OverlayContent(overlay, state)
    let window = area.centred(
      columns: content.columns + 4, rows: min(content.count + content.pinned.count, area.rows - 2) + 2)
    let (head, inside) = canvas.window(
      window, title: content.title, note: content.note, isDangerous: content.isDangerous
    ).inset(columns: 1).splitAtTop(rows: content.pinned.count)
    canvas.draw(content.pinned, in: head, on: .overlay)
    let top = top(overlay, content, rows: inside.rows)
    for index in top..<max(top, min(content.count, top + inside.rows)) {
      let row = Area(column: inside.column, row: inside.row + index - top, columns: inside.columns, rows: 1)
      canvas.draw(
        content.line(index), at: Point(column: row.column, row: row.row), columns: row.columns, on: .overlay)
      if index == content.cursorLine { canvas.mark(row, isFocused: true) }
    }
    if let typing = content.typing {
      let column = min(inside.column + typing.column, inside.endColumn - 1)
      canvas.placeCursor(Point(column: column, row: inside.row + typing.row - top))
    }
    canvas.scrollBar(
      beside: Area(column: inside.column, row: inside.row, columns: inside.columns + 1, rows: inside.rows),
      top: top,
      count: content.count, style: .overlayBorder, on: .overlay)
  }

  private func top(_ overlay: Overlay, _ content: OverlayContent, rows: Int) -> Int {
    let hidden = max(0, content.count - rows)
    if case .log(let fromEnd) = overlay { return hidden - min(fromEnd, hidden) }
    if case .rows(let overlay) = overlay { return min(overlay.top, hidden) }
    if case .replay(let overlay) = overlay { return min(overlay.top, hidden) }
    if let cursor = content.cursorLine, cursor >= rows { return min(cursor - rows + 1, hidden) }
    return min(overlay.scroll, hidden)
  }
}
