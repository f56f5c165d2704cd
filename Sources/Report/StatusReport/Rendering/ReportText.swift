/// A piece of running text whose parts know what they are, so that each renderer escapes them in its own way.
///
/// Written as a string literal: what is interpolated is foreign text and never markup.
struct ReportText: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// One part of a text.
  enum Span: Sendable, Hashable {
    case text(String)
    /// A name, a statement, anything that must be read letter by letter.
    case code(String)
    case strong(String)
    case mark(ReportMark)
    case lineBreak
  }

  var spans: [Span]

  init(_ spans: [Span] = []) { self.spans = spans }

  /// Takes a text as it is.
  init(_ text: String) { spans = [.text(text)] }

  init(stringLiteral value: String) { spans = [.text(value)] }

  init(stringInterpolation interpolation: StringInterpolation) { spans = interpolation.spans }

  /// Collects the parts of an interpolated literal.
  struct StringInterpolation: StringInterpolationProtocol {
    var spans: [Span] = []

    init(literalCapacity: Int, interpolationCount: Int) { spans.reserveCapacity(2 * interpolationCount + 1) }

    mutating func appendLiteral(_ literal: String) { if !literal.isEmpty { spans.append(.text(literal)) } }

    mutating func appendInterpolation(_ text: String) { spans.append(.text(text)) }
    mutating func appendInterpolation(_ number: Int) { spans.append(.text(String(number))) }
    mutating func appendInterpolation(_ text: ReportText) { spans += text.spans }
    mutating func appendInterpolation(_ mark: ReportMark) { spans.append(.mark(mark)) }
    mutating func appendInterpolation(code: String) { spans.append(.code(code)) }
    mutating func appendInterpolation(strong: String) { spans.append(.strong(strong)) }
  }

  /// A name.
  static func code(_ name: String) -> ReportText { ReportText([.code(name)]) }

  /// Names, separated by commas.
  static func names(_ names: some Sequence<String>) -> ReportText {
    joined(names.map { ReportText.code($0) }, by: ", ")
  }

  /// Texts one behind another.
  static func joined(_ texts: some Sequence<ReportText>, by separator: ReportText) -> ReportText {
    var spans: [Span] = []
    for text in texts {
      if !spans.isEmpty { spans += separator.spans }
      spans += text.spans
    }
    return ReportText(spans)
  }

  /// Texts one under another, in a cell of a table.
  static func lines(_ texts: some Sequence<ReportText>) -> ReportText {
    joined(texts, by: ReportText([.lineBreak]))
  }
}

/// A sign for how something stands; never alone, a word always says the same.
enum ReportMark: String, Sendable, Hashable {
  case good
  case warning
  case bad
  case open

  /// The sign in Markdown, as documents of this kind have it.
  var emoji: String {
    switch self {
    case .good: "✅"
    case .warning: "⚠️"
    case .bad: "❌"
    case .open: "⏳"
    }
  }

  /// The sign in HTML, coloured by its class.
  var glyph: String {
    switch self {
    case .good: "✓"
    case .warning: "!"
    case .bad: "✗"
    case .open: "○"
    }
  }
}
