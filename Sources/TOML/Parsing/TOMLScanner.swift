/// A cursor over the characters of a text that knows its line and column.
struct TOMLScanner {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var line = 1
  private var column = 1

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    if scalars.first == "\u{FEFF}" { index = 1 }
  }

  var position: TOMLPosition { TOMLPosition(line: line, column: column) }

  /// The character under the cursor, nil at the end.
  var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  /// The character so many places behind the cursor.
  func peek(_ offset: Int) -> Unicode.Scalar? {
    index + offset < scalars.count ? scalars[index + offset] : nil
  }

  /// Whether the text goes on with these characters.
  func sees(_ text: String) -> Bool {
    var offset = 0
    for scalar in text.unicodeScalars {
      guard peek(offset) == scalar else { return false }
      offset += 1
    }
    return true
  }

  /// Whether a line ends here (LF or CRLF; a lone CR ends nothing).
  var isAtLineEnd: Bool { current == "\n" || (current == "\r" && peek(1) == "\n") }

  mutating func advance(_ count: Int = 1) {
    for _ in 0..<count where index < scalars.count {
      if scalars[index] == "\n" {
        line += 1
        column = 1
      } else {
        column += 1
      }
      index += 1
    }
  }

  mutating func skipSpaces() {
    while current == " " || current == "\t" { advance() }
  }

  mutating func takeLineEnd() -> Bool {
    guard isAtLineEnd else { return false }
    advance(current == "\r" ? 2 : 1)
    return true
  }

  /// A character as a message can show it.
  static func shown(_ scalar: Unicode.Scalar?) -> String {
    guard let scalar else { return "the end of the file" }
    if scalar == "\n" || scalar == "\r" { return "the end of the line" }
    if isControl(scalar) {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "the control character U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
    return "`\(Character(scalar))`"
  }

  /// Whether TOML forbids the character in comments and strings.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    (scalar.value < 0x20 && scalar != "\t") || scalar.value == 0x7F
  }
}
