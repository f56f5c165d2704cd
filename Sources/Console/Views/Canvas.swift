import Display

/// A frame that is drawn on in meanings instead of styles.
struct Canvas {
  private(set) var frame: Frame
  let theme: Theme
  var glyphs: Glyphs { frame.glyphs }
  /// What was shown before, where panes that follow may stay as they are there.
  private let earlier: Frame?
  private var isAnyBehind = false
  /// Whether a window stands over a pane that stayed behind, which would show through.
  private(set) var isPastSeenThrough = false

  init(size: Size, theme: Theme, glyphs: Glyphs, earlier: Frame? = nil) {
    self.theme = theme
    self.earlier = earlier
    frame = Frame(size: size, style: theme[.text], glyphs: glyphs)
  }

  /// Draws a line from a point to the right, clipped to so many columns.
  mutating func draw(_ line: Line, at point: Point, columns: Int, on base: Role = .text) {
    var column = point.column
    let end = point.column + columns
    for span in line.spans where column < end {
      column += draw(
        span.text, at: Point(column: column, row: point.row), style: theme.style(span.role, on: base),
        columns: end - column)
    }
  }

  /// Draws a text of one style; blanks around it, which fill up columns, are not underlined.
  private mutating func draw(_ text: Text, at point: Point, style: Style, columns: Int) -> Int {
    guard style.attributes.contains(.underline) else {
      return frame.write(text, at: point, style: style, columns: columns)
    }
    var bare = style
    bare.attributes.remove(.underline)
    let length = text.columns
    let leading = text.string.prefix { $0 == " " }.count
    let trailing = leading == length ? 0 : text.string.reversed().prefix { $0 == " " }.count
    var column = 0
    for (part, style) in [
      (text.prefix(columns: leading), bare),
      (text.dropping(columns: leading).prefix(columns: length - leading - trailing), style),
      (text.dropping(columns: length - trailing), bare),
    ] where column < columns {
      column += frame.write(
        part, at: Point(column: point.column + column, row: point.row), style: style,
        columns: columns - column)
    }
    return column
  }

  /// Draws lines below each other, as many as fit.
  mutating func draw(_ lines: some Sequence<Line>, in area: Area, on base: Role = .text) {
    var row = area.row
    for line in lines {
      guard row < area.endRow else { return }
      draw(line, at: Point(column: area.column, row: row), columns: area.columns, on: base)
      row += 1
    }
  }

  /// Draws a line so that it ends at the right edge of an area's first row; returns the column where it begins.
  @discardableResult
  mutating func draw(right line: Line, in area: Area, on base: Role = .text) -> Int {
    let columns = min(line.columns, area.columns)
    let column = area.endColumn - columns
    draw(line, at: Point(column: column, row: area.row), columns: columns, on: base)
    return column
  }

  /// Gives an area the background of a meaning.
  mutating func fill(_ area: Area, _ role: Role) { frame.fill(area, style: theme[role]) }

  /// Marks the row under the cursor.
  mutating func mark(_ area: Area, isFocused: Bool) {
    let role = isFocused ? Role.selection : .selectionUnfocused
    let fallback = Style(attributes: isFocused ? .reverse : .underline)
    frame.overlay(area, style: theme.styles[role] ?? fallback)
  }

  /// Draws the frame of a pane and returns what is inside.
  ///
  /// A pane without the keys follows the one that has them; there is no room in one that stays as it was.
  mutating func pane(_ area: Area, title: Text, note: Text = "", isFocused: Bool) -> Area {
    if !isFocused {
      if let earlier, frame.keep(area, of: earlier) {
        isAnyBehind = true
        return Area(column: area.column, row: area.row, columns: 0, rows: 0)
      }
      frame.followers.insert(area)
    }
    return frame.box(
      area, style: theme[isFocused ? .borderFocused : .border], title: title,
      titleStyle: theme[isFocused ? .titleFocused : .title], note: note, noteStyle: theme[.muted])
  }

  /// Draws the frame of a window over the panes and returns what is inside.
  mutating func window(_ area: Area, title: Text, note: Text = "", isDangerous: Bool) -> Area {
    // What stands under a window cannot lag behind without showing through.
    frame.followers = []
    if isAnyBehind { isPastSeenThrough = true }
    fill(area, .overlay)
    let border = theme.style(isDangerous ? .overlayDanger : .overlayBorder, on: .overlay)
    return frame.box(
      area, style: border, title: title, titleStyle: border.with(.bold), note: note,
      noteStyle: theme.style(.muted, on: .overlay))
  }

  /// Draws the thumb of a scroll bar into the right edge of a box, if there is more than is visible.
  mutating func scrollBar(
    beside contents: Area, top: Int, count: Int, style role: Role, on base: Role = .text
  ) {
    guard count > contents.rows, contents.rows > 0 else { return }
    let length = max(1, contents.rows * contents.rows / count)
    let room = contents.rows - length
    let start = room * top / max(1, count - contents.rows)
    for row in 0..<length {
      frame.write(
        glyphs.thumb, at: Point(column: contents.endColumn, row: contents.row + start + row),
        style: theme.style(role, on: base))
    }
  }

  /// Shows the terminal's cursor.
  mutating func placeCursor(_ point: Point) { frame.cursor = point }
}
