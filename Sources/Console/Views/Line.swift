import Display

/// A line of text in several styles.
struct Line: Sendable, Hashable {
  private(set) var spans: [Span] = []

  struct Span: Sendable, Hashable {
    var text: Text
    var role: Role
  }

  init() {}

  init(_ text: Text, _ role: Role = .text) { spans = [Span(text: text, role: role)] }

  var columns: Int { spans.reduce(0) { $0 + $1.text.columns } }

  var isEmpty: Bool { spans.allSatisfy(\.text.isEmpty) }

  mutating func add(_ text: Text, _ role: Role = .text) {
    if !text.isEmpty { spans.append(Span(text: text, role: role)) }
  }

  mutating func add(_ line: Line) { spans += line.spans }

  /// Adds a column of fixed width.
  mutating func add(_ text: Text, _ role: Role = .text, width: Int, glyphs: Glyphs) {
    add(text.padded(to: width, ellipsis: glyphs.ellipsis), role)
  }

  /// Adds a column of fixed width whose text stands at its right.
  mutating func add(right text: Text, _ role: Role = .text, width: Int, glyphs: Glyphs) {
    let clipped = text.clipped(to: width, ellipsis: glyphs.ellipsis)
    add(Text(" ").repeated(width - clipped.columns) + clipped, role)
  }

  /// What is left without the first cells.
  func dropping(columns: Int) -> Line {
    var line = Line()
    var passed = 0
    for span in spans {
      let width = span.text.columns
      if passed >= columns {
        line.add(span.text, span.role)
      } else if passed + width > columns {
        line.add(span.text.dropping(columns: columns - passed), span.role)
      }
      passed += width
    }
    return line
  }

  /// The line if it fits, else its beginning with an ellipsis.
  func clipped(to columns: Int, glyphs: Glyphs) -> Line {
    guard self.columns > columns else { return self }
    var line = Line()
    for span in spans {
      let room = columns - line.columns
      let isLast = span.text.columns >= room
      line.add(
        isLast
          ? span.text.prefix(columns: max(0, room - glyphs.ellipsis.columns)) + glyphs.ellipsis : span.text,
        span.role)
      if isLast { break }
    }
    return line
  }

  /// The line with every place marked that contains a text, upper and lower case alike.
  func marking(_ wanted: String) -> Line {
    let wanted = Array(wanted.lowercased().utf8)
    guard !wanted.isEmpty else { return self }
    var line = Line()
    for span in spans { line.spans += span.marking(wanted) }
    return line
  }

  /// A text in as many lines as it needs.
  static func wrapped(_ text: Text, _ role: Role = .text, columns: Int, indent: Text = "") -> [Line] {
    text.wrapped(to: columns, indent: indent).map { Line($0, role) }
  }

  /// A text from outside in as many lines as it has and needs, all of them indented; the first may begin otherwise.
  static func wrapped(
    foreign text: String, _ role: Role = .text, columns: Int, first: Text? = nil, indent: Text = ""
  ) -> [Line] {
    Text.lines(foreign: text).enumerated().flatMap { index, line in
      wrapped((index == 0 ? first ?? indent : indent) + line, role, columns: columns, indent: indent)
    }
  }
}

extension Line.Span {
  /// The span in parts, of which those that are wanted are marked.
  ///
  /// Only ASCII is cut: there a byte is a cell, and folding changes no length.
  fileprivate func marking(_ wanted: [UInt8]) -> [Line.Span] {
    let bytes = Array(text.string.lowercased().utf8)
    guard bytes.count >= wanted.count, text.string.utf8.allSatisfy({ $0 < 0x80 }) else { return [self] }
    var spans: [Line.Span] = []
    var start = 0
    var place = 0
    while place + wanted.count <= bytes.count {
      guard bytes[place..<(place + wanted.count)].elementsEqual(wanted) else {
        place += 1
        continue
      }
      if place > start { spans.append(part(start..<place, role)) }
      spans.append(part(place..<(place + wanted.count), .match))
      place += wanted.count
      start = place
    }
    if start < bytes.count { spans.append(part(start..<bytes.count, role)) }
    return spans
  }

  private func part(_ range: Range<Int>, _ role: Role) -> Line.Span {
    Line.Span(text: text.dropping(columns: range.lowerBound).prefix(columns: range.count), role: role)
  }
}
