/// A text of SQL reduced to what survives when the server parses and writes it anew.
///
/// The server adds casts, parentheses, schema and table names, and aliases, and spells some operators in another way.
/// All of that is left out here. Two spellings of one definition mostly have one fingerprint; two definitions that
/// differ in more than that have two. Equality is therefore a strong sign, and difference none.
enum Fingerprint {
  /// The fingerprint of a text.
  static func of(_ sql: String) -> String {
    var words: [String] = []
    var tokens = Tokens(sql)
    while let token = tokens.next() {
      switch token {
      case "(", ")", ",", ";", "[", "]": continue
      case ".":
        // What stands before a dot is a schema's or a table's name.
        if !words.isEmpty { words.removeLast() }
      case "::": tokens.skipType()
      case "as":
        _ = tokens.next()
      case "!=": words.append("<>")
      case "~~": words.append("like")
      case "!~~": words += ["not", "like"]
      case "~~*": words.append("ilike")
      case "current_timestamp", "now": words.append("now")
      case "procedure": words.append("function")
      case "any" where words.last == "=":
        // `x IN (1, 2)` comes back as `x = ANY (ARRAY[1, 2])`.
        words.removeLast()
        words.append("in")
      case "array" where words.last == "in": continue
      case let literal where tokens.isNumber(literal): words += numberWords(literal)
      default: words.append(token)
      }
    }
    // A default of NULL is none, and the server keeps none.
    return words == ["null"] ? "" : words.joined(separator: " ")
  }

  /// A number as a file has it without quotes; the server writes `-10` as `'-10'::integer`.
  private static func numberWords(_ literal: String) -> [String] {
    let digits = literal.dropFirst().dropLast()
    return digits.hasPrefix("-") ? ["-", of(String(digits.dropFirst()))] : [of(String(digits))]
  }

  /// The tokens of a text: words, quoted names, literals, operators.
  private struct Tokens {
    private let bytes: [UInt8]
    private var place = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    private var current: UInt8? { place < bytes.count ? bytes[place] : nil }

    /// The types whose values the server puts in quotes where they are negative or large.
    private static let numericTypes: Set<String> = [
      "smallint", "integer", "bigint", "numeric", "real", "double", "int", "int2", "int4", "int8", "float8",
    ]

    /// Whether a token just read is a number in quotes with its type behind it.
    func isNumber(_ token: String) -> Bool {
      guard token.first == "'", token.count > 2,
        token.dropFirst().dropLast().allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "-" || $0 == ".") })
      else { return false }
      var ahead = self
      return ahead.next() == "::" && ahead.next().map(Self.numericTypes.contains) == true
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
      if Self.isWord(first) {
        while let byte = current, Self.isWord(byte) { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self).lowercased()
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
}
