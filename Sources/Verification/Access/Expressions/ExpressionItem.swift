/// A piece of an expression as the server writes it: a token, or what stands between two parentheses.
///
/// The server writes a parenthesis around every operator, so the nesting of parentheses is that of the expression.
enum ExpressionItem: Sendable, Hashable {
  /// A key word, or a name of one or more parts; quotes are taken off, what was not quoted is lowercase.
  case name([String])
  /// A string constant, without its quotes.
  case string(String)
  /// A number.
  case number(String)
  /// An operator, comma or bracket.
  case symbol(String)
  /// What stands between parentheses.
  case group([ExpressionItem])

  /// Whether it is this key word.
  func isWord(_ word: String) -> Bool { self == .name([word]) }

  /// Whether it is something between parentheses.
  var isGroup: Bool { if case .group = self { true } else { false } }

  /// Takes an expression apart.
  static func items(of text: String) -> [ExpressionItem] {
    var reader = ExpressionItemReader(bytes: Array(text.utf8))
    return reader.items()
  }
}

/// Cuts an expression into items; an expression that breaks off ends where it breaks off.
private struct ExpressionItemReader {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The items up to the end; unmatched closing parentheses are skipped.
  mutating func items() -> [ExpressionItem] {
    var levels: [[ExpressionItem]] = [[]]
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
      case UInt8(ascii: "("):
        levels.append([])
        position += 1
      case UInt8(ascii: ")"):
        position += 1
        if levels.count > 1, let closed = levels.popLast() {
          levels[levels.count - 1].append(.group(closed))
        }
      case UInt8(ascii: "'"): levels[levels.count - 1].append(.string(quoted(UInt8(ascii: "'"))))
      case let byte where Self.startsName(byte) || byte == UInt8(ascii: "\""):
        levels[levels.count - 1].append(name())
      case let byte where Self.isDigit(byte):
        let start = position
        while position < bytes.count, Self.isDigit(bytes[position]) || bytes[position] == UInt8(ascii: ".") {
          position += 1
        }
        levels[levels.count - 1].append(.number(text(start..<position)))
      case let byte where Self.operators.contains(byte):
        let start = position
        while position < bytes.count, Self.operators.contains(bytes[position]) { position += 1 }
        levels[levels.count - 1].append(.symbol(text(start..<position)))
      default:
        levels[levels.count - 1].append(.symbol(text(position..<position + 1)))
        position += 1
      }
    }
    while levels.count > 1, let open = levels.popLast() { levels[levels.count - 1].append(.group(open)) }
    return levels[0]
  }

  private mutating func name() -> ExpressionItem {
    var parts: [String] = []
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "\"") {
        parts.append(quoted(UInt8(ascii: "\"")))
      } else if Self.startsName(bytes[position]) {
        let start = position
        while position < bytes.count, Self.startsName(bytes[position]) || Self.isDigit(bytes[position]) {
          position += 1
        }
        parts.append(text(start..<position).lowercased())
      } else {
        break
      }
      guard position < bytes.count, bytes[position] == UInt8(ascii: ".") else { break }
      position += 1
    }
    return .name(parts)
  }

  private mutating func quoted(_ quote: UInt8) -> String {
    var content: [UInt8] = []
    position += 1
    while position < bytes.count {
      if bytes[position] == quote {
        position += 1
        guard position < bytes.count, bytes[position] == quote else { break }
      }
      content.append(bytes[position])
      position += 1
    }
    return String(decoding: content, as: UTF8.self)
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private static let operators = Set("+-*/<>=~!@#%^&|`?:".utf8)

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func startsName(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || byte == 0x5F || byte == 0x24
      || byte >= 0x80
  }
}
