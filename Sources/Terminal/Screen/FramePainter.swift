import CNcurses
import Display
import Glibc

/// Puts frames on ncurses' standard screen, touching only the cells that differ from the last one.
struct FramePainter {
  private let colours: ColourNumbers
  private let encoding: TextEncoding
  private var painted: Frame?

  init(colours: ColourNumbers, encoding: TextEncoding) {
    self.colours = colours
    self.encoding = encoding
  }

  /// Forgets what is on the screen: the next frame is drawn as a whole.
  mutating func forget() { painted = nil }

  /// Draws a frame; what does not fit into the screen is left out.
  mutating func paint(_ frame: Frame) {
    let previous = painted.flatMap { $0.size == frame.size ? $0 : nil }
    if previous == nil {
      werase(curses_standard_screen())
      clearok(curses_current_screen(), true)
    }
    let rows = min(frame.size.rows, Int(curses_rows()))
    let columns = min(frame.size.columns, Int(curses_columns()))
    for some in passes(frame, previous, rows: rows) {
      for row in some { paint(row: row, columns: columns, of: frame, over: previous) }
      wnoutrefresh(curses_standard_screen())
      doupdate()
    }
    place(cursor: frame.cursor)
    wnoutrefresh(curses_standard_screen())
    doupdate()
    painted = frame
  }

  // Where lines have moved, ncurses would have the terminal scroll them, by several lines at once if its description
  // says that it can. Not every terminal, multiplexer and recorder does, and stale lines would stay. So every other row is
  // shown first: lines that move alone, between others that stay, are not worth scrolling to ncurses (_nc_hash_map drops
  // hunks of less than three lines), and of each only the cells that differ are sent.
  private func passes(_ frame: Frame, _ previous: Frame?, rows: Int) -> [[Int]] {
    guard let previous else { return [Array(0..<rows)] }
    let changed = (0..<rows).filter { !frame.row($0, looksAs: $0, of: previous) }
    let hasMoved = changed.contains { row in
      changed.contains { frame.row(row, looksAs: $0, of: previous) }
    }
    guard changed.count > 1, hasMoved else { return [changed] }
    return [0, 1].map { parity in changed.filter { $0 % 2 == parity } }
  }

  private func paint(row: Int, columns: Int, of frame: Frame, over previous: Frame?) {
    if let previous, frame.row(row, looksAs: row, of: previous) { return }
    let cells = Self.joiningWords(frame.row(row))
    let old = previous.map { Self.joiningWords($0.row(row)) }
    var style: Style?
    var attributes = attr_t(0)
    var pair: Int32 = 0
    var cell = cchar_t()
    for (column, new) in zip(0..<columns, cells) {
      if let old, old[column] == new { continue }
      // The second half of a wide character is drawn with the first.
      if new.columns == 0 { continue }
      if new.style != style {
        style = new.style
        attributes = ColourNumbers.attributes(new.style)
        pair = colours.pair(new.style)
      }
      let fits = column + Int(new.columns) <= columns
      for (offset, text) in (fits ? drawable(new) : [blank]).enumerated() {
        curses_make_cell(&cell, text, attributes, pair)
        // In the last place of the screen ncurses draws and then cannot move on, which it reports as an error.
        mvwadd_wch(curses_standard_screen(), Int32(row), Int32(column + offset), &cell)
      }
    }
  }

  // Blanks between words take the style of the word before them where it looks the same: each change of style costs some
  // ten bytes, as much as a word. It must hang on the row alone, or cells that stay would have to be sent again.
  private static func joiningWords(_ row: ArraySlice<Cell>) -> [Cell] {
    var cells = Array(row)
    var word: Int?
    for index in cells.indices where !cells[index].isBlank {
      if let word, case let gap = (word + 1)..<index, !gap.isEmpty, gap.count <= longestJoinedGap {
        let style = cells[word].style
        for place in gap where cells[place].style.looksTheSame(as: style) { cells[place].style = style }
      }
      word = index
    }
    return cells
  }

  // Over wider gaps the terminal's cursor is moved.
  private static let longestJoinedGap = 8

  private var blank: [wchar_t] { [wchar_t(UInt8(ascii: " ")), 0] }

  // What is written for a cell: one character as wide as the frame says, or stand-ins where the C library, by whose
  // table ncurses counts, disagrees or the locale cannot show it. A disagreement would shift the rest of the line.
  private func drawable(_ cell: Cell) -> [[wchar_t]] {
    let scalars = cell.character.scalars
    guard let first = cell.character.base else { return [blank] }
    if first.isASCII { return [scalars.prefix(Int(CCHARW_MAX)).map { wchar_t($0.value) } + [0]] }
    if encoding == .utf8, wcwidth(wchar_t(first.value)) == Int32(cell.columns) {
      return [scalars.prefix(Int(CCHARW_MAX)).map { wchar_t($0.value) } + [0]]
    }
    let standIn: Unicode.Scalar = encoding == .utf8 ? "\u{FFFD}" : "?"
    return [[wchar_t(standIn.value), 0]] + Array(repeating: blank, count: max(0, Int(cell.columns) - 1))
  }

  private func place(cursor: Point?) {
    guard let cursor, cursor.column >= 0, cursor.row >= 0, cursor.column < Int(curses_columns()),
      cursor.row < Int(curses_rows())
    else {
      curs_set(0)
      return
    }
    curs_set(1)
    wmove(curses_standard_screen(), Int32(cursor.row), Int32(cursor.column))
  }
}

extension Style {
  /// Whether blanks look the same in both: only what is behind and below them can be seen.
  fileprivate func looksTheSame(as other: Style) -> Bool {
    background == other.background
      && attributes.union(other.attributes).isDisjoint(with: [.underline, .reverse])
  }
}
