/// The tokens of a text: words, numbers, quoted names, literals, operators.
struct FingerprintTokens {
  private let bytes: [UInt8]
  private var place = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  private var current: UInt8? { place < bytes.count ? bytes[place] : nil }

  /// Whether a parenthesis comes next.
  var isAtParenthesis: Bool {
    mutating get {
      skipSpace()
      return current == UInt8(ascii: "(")
    }
  }

  mutating func next() -> String? {
    skipSpace()
    guard let first = current else { return nil }
    let start = place
    if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
      skipQuoted(first)
      let text = String(decoding: bytes[start..<place], as: UTF8.self)
      return first == UInt8(ascii: "\"") ? String(text.dropFirst().dropLast()) : text
    }
    if let number = number() { return number }
    if Self.isWord(first) {
      while let byte = current, Self.isWord(byte) { place += 1 }
      let word = String(decoding: bytes[start..<place], as: UTF8.self).lowercased()
      return word == "e" && current == UInt8(ascii: "'") ? escapedLiteral() : word
    }
    if Self.isOperator(first) {
      while let byte = current, Self.isOperator(byte) { place += 1 }
      // A sign behind an operator belongs to the number: `a<=-1` (PostgreSQL documentation, 4.1.3).
      while place > start + 1, "+-".utf8.contains(bytes[place - 1]),
        !bytes[start..<place].contains(where: { "~!@#%^&|`?".utf8.contains($0) })
      {
        place -= 1
      }
      return String(decoding: bytes[start..<place], as: UTF8.self)
    }
    place += 1
    return String(decoding: [first], as: UTF8.self)
  }

  /// Leaves out a type behind `::`: its words, modifier and array brackets.
  mutating func skipType() {
    _ = next()
    while true {
      let mark = place
      guard let token = next() else { return }
      switch token {
      case ".": _ = next()
      case "precision", "varying", "with", "without", "time", "zone": continue
      case "[": _ = next()
      case "(":
        // A modifier holds numbers only; anything else belongs to the expression.
        let argument = next() ?? ""
        guard argument.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), !argument.isEmpty else {
          place = mark
          return
        }
        while let rest = next(), rest != ")" {}
      default:
        place = mark
        return
      }
    }
  }

  /// A number with its fraction and exponent, if one is next.
  private mutating func number() -> String? {
    var end = place
    func skipDigits() { while end < bytes.count, (0x30...0x39).contains(bytes[end]) { end += 1 } }
    skipDigits()
    let isFraction = end < bytes.count && bytes[end] == UInt8(ascii: ".")
    if isFraction {
      end += 1
      skipDigits()
    }
    guard (place..<end).contains(where: { bytes[$0] != UInt8(ascii: ".") }) else { return nil }
    if end + 1 < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") {
      let isSigned = "+-".utf8.contains(bytes[end + 1])
      let digits = isSigned ? end + 2 : end + 1
      if digits < bytes.count, (0x30...0x39).contains(bytes[digits]) {
        end = digits
        skipDigits()
      }
    }
    let text = String(decoding: bytes[place..<end], as: UTF8.self)
    place = end
    return text.hasPrefix(".") ? "0" + text : text
  }

  /// The literal behind an `E`, without its escapes.
  private mutating func escapedLiteral() -> String {
    let quote = UInt8(ascii: "'")
    place += 1
    var text = [quote]
    while let byte = current {
      place += 1
      if byte == quote {
        guard current == quote else { break }
        place += 1
        text += [quote, quote]
      } else if byte == UInt8(ascii: "\\"), let escaped = current {
        place += 1
        switch escaped {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case quote: text += [quote, quote]
        default: text.append(escaped)
        }
      } else {
        text.append(byte)
      }
    }
    return String(decoding: text + [quote], as: UTF8.self)
  }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) { place += 1 }
  }

  private mutating func skipQuoted(_ quote: UInt8) {
    place += 1
    while let byte = current {
      place += 1
      guard byte == quote else { continue }
      if current == quote { place += 1 } else { return }
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x24, 0x80...: true
    default: false
    }
  }

  private static func isOperator(_ byte: UInt8) -> Bool { "+-*/<>=~!@#%^&|`?:".utf8.contains(byte) }
}
