/// The details of a row: lines, some of which may be about things of their own.
struct DetailText: Sendable {
  var lines: [Line] = []
  /// What a line is about, where that is not simply the row; if any line is, a cursor goes from line to line.
  var parts: [Int: Subject] = [:]

  init(_ lines: [Line] = []) { self.lines = lines }

  mutating func add(_ line: Line, about part: Subject? = nil) {
    if let part { parts[lines.count] = part }
    lines.append(line)
  }

  mutating func add(_ lines: [Line], about part: Subject? = nil) {
    for line in lines { add(line, about: part) }
  }
}

/// A text of many lines that can be scrolled, and walked through if its lines are about things of their own.
struct DetailPane: Sendable, Hashable {
  /// The first line that is visible.
  var top = 0
  /// The line under the cursor; nil where there is no cursor.
  private(set) var cursor: Int?
  /// What the line under the cursor is about.
  private(set) var part: Subject?
  /// What the lines are about: when that changes, they are shown from the beginning.
  private(set) var subject: Subject?

  /// Moves the cursor, else the text.
  mutating func move(by lines: Int) {
    if let cursor { self.cursor = cursor + lines } else { top += lines }
  }

  /// Moves the cursor, if there is one, to a row of the viewport.
  mutating func point(at row: Int) {
    if cursor != nil { cursor = top + row }
  }

  mutating func settle(subject: Subject?, text: DetailText, height: Int) {
    if self.subject != subject { self = DetailPane(subject: subject) }
    let count = text.lines.count
    if text.parts.isEmpty {
      cursor = nil
      part = nil
    } else {
      // What lies above the first part is a heading of the whole: the cursor begins on the first line.
      var position = ListPosition(cursor: cursor ?? 0, top: top)
      position.settle(count: count, height: height)
      cursor = position.cursor
      top = position.top
      part = text.parts[position.cursor]
    }
    top = min(max(0, top), max(0, count - height))
  }

  /// Moves the cursor to the first line about a part.
  mutating func select(_ wanted: Subject, in text: DetailText) {
    if let line = text.parts.filter({ $0.value == wanted }).keys.min() { cursor = line }
  }

  private init(subject: Subject?) { self.subject = subject }

  init() {}
}
