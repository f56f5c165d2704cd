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
