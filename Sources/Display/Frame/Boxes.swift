extension Frame {
  /// Draws a box around an area, with a title in its upper edge, and returns the area inside.
  @discardableResult
  public mutating func box(
    _ area: Area, style: Style, title: Text = "", titleStyle: Style? = nil, note: Text = "",
    noteStyle: Style? = nil
  ) -> Area {
    guard area.columns >= 2, area.rows >= 2 else { return area.inset(columns: 1, rows: 1) }
    let shapes = glyphs.box
    let edge = shapes.horizontal.repeated(area.columns - 2)
    let bottom = area.endRow - 1
    write(
      shapes.topLeft + edge + shapes.topRight, at: Point(column: area.column, row: area.row), style: style)
    write(
      shapes.bottomLeft + edge + shapes.bottomRight, at: Point(column: area.column, row: bottom), style: style
    )
    for row in (area.row + 1)..<bottom {
      write(shapes.vertical, at: Point(column: area.column, row: row), style: style)
      write(shapes.vertical, at: Point(column: area.endColumn - 1, row: row), style: style)
    }
    let room = area.columns - 4
    if !title.isEmpty, room > 0 {
      write(
        " " + title.clipped(to: room - 2, ellipsis: glyphs.ellipsis) + " ",
        at: Point(column: area.column + 1, row: area.row), style: titleStyle ?? style, columns: room)
    }
    let noteColumns = note.columns + 2
    if !note.isEmpty, title.columns + 2 + noteColumns <= room {
      write(
        " " + note + " ", at: Point(column: area.endColumn - 2 - noteColumns, row: area.row),
        style: noteStyle ?? style)
    }
    return area.inset(columns: 1, rows: 1)
  }
}
