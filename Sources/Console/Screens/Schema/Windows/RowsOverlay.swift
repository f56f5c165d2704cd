import Display
import Schema

/// Some rows of a relation: a cursor goes over the rows, and wide ones scroll column by column.
struct RowsOverlay: Sendable {
  let page: RowPage
  /// The row under the cursor.
  var cursor = 0
  /// The first row that is visible.
  private(set) var top = 0
  /// The first column that is visible.
  var firstColumn = 0
  /// The cells that each column takes.
  let widths: [Int]

  /// Columns are as wide as their values, up to this many cells; whole values stand in the whole row.
  private static let widest = 40

  init(_ page: RowPage) {
    self.page = page
    widths = page.columns.indices.map { column in
      let values = page.rows.lazy.map { Self.text($0[column]).columns }
      return min(Self.widest, max(Text(foreign: page.columns[column]).columns, values.max() ?? 0))
    }
  }

  mutating func settle(height: Int) {
    var position = ListPosition(cursor: cursor, top: top)
    position.settle(count: page.rows.count, height: height)
    (cursor, top) = (position.cursor, position.top)
  }

  mutating func moveSideways(_ direction: Int) {
    firstColumn = min(max(0, firstColumn + direction), max(0, page.columns.count - 1))
  }

  /// A value as it is shown: NULL and an empty text are told from texts that look like them.
  static func text(_ value: String?) -> Text {
    guard let value else { return "NULL" }
    return value.isEmpty ? "''" : value == "NULL" ? "'NULL'" : Text(foreign: value)
  }

  /// The row under the cursor, its values apart by tabs.
  var rowUnderCursor: String? {
    guard page.rows.indices.contains(cursor) else { return nil }
    return page.rows[cursor].map { $0 ?? "NULL" }.joined(separator: "\t")
  }

  /// All values of the row under the cursor, each below the other.
  func wholeRow(columns: Int, _ glyphs: Glyphs) -> TextOverlay {
    let names = page.columns.map { Text(foreign: $0) }
    let nameColumns = min(30, names.map(\.columns).max() ?? 0)
    var lines: [Line] = []
    for (name, value) in zip(names, page.rows[cursor]) {
      let isPlain = value.map { !$0.isEmpty && $0 != "NULL" } ?? false
      let texts = isPlain ? Text.lines(foreign: value ?? "") : [Self.text(value)]
      let wrapped = texts.flatMap { $0.wrapped(to: max(10, columns - nameColumns - 2)) }
      for (index, text) in wrapped.enumerated() {
        var line = Line()
        line.add(index == 0 ? name : "", .muted, width: nameColumns, glyphs: glyphs)
        line.add("  ")
        line.add(text, value == nil ? .muted : .text)
        lines.append(line)
      }
    }
    return TextOverlay(
      title: "\(page.relation.phrase) \(glyphs.middleDot) row \(page.offset + cursor + 1)", lines: lines,
      copied: rowUnderCursor ?? "")
  }
}
