extension TOMLParser {
  mutating func basicString() throws(TOMLError) -> String {
    let start = scanner.position
    scanner.advance()
    var text = String.UnicodeScalarView()
    while let current = scanner.current, !scanner.isAtLineEnd {
      switch current {
      case "\"":
        scanner.advance()
        return String(text)
      case "\\":
        text.append(try escape())
      default:
        text.append(try plain(current))
      }
    }
    throw TOMLError("this string is not closed on its line", at: start)
  }

  mutating func literalString() throws(TOMLError) -> String {
    let start = scanner.position
    scanner.advance()
    var text = String.UnicodeScalarView()
    while let current = scanner.current, !scanner.isAtLineEnd {
      if current == "'" {
        scanner.advance()
        return String(text)
      }
      text.append(try plain(current))
    }
    throw TOMLError("this string is not closed on its line", at: start)
  }

  /// A string over several lines; a backslash is special between double quotes only.
  mutating func multiLineString(_ quote: Unicode.Scalar) throws(TOMLError) -> String {
    let start = scanner.position
    scanner.advance(3)
    _ = scanner.takeLineEnd()
    var text = String.UnicodeScalarView()
    while let current = scanner.current {
      if scanner.takeLineEnd() {
        text.append("\n")
      } else if current == quote {
        if takeQuotes(quote, into: &text) { return String(text) }
      } else if quote == "\"", current == "\\" {
        if !takeLineContinuation() { text.append(try escape()) }
      } else {
        text.append(try plain(current))
      }
    }
    throw TOMLError("this multi-line string is not closed", at: start)
  }

  /// Takes a run of quotes in a multi-line string; true if it closes the string.
  ///
  /// Up to two quotes may stand right before the closing three.
  private mutating func takeQuotes(_ quote: Unicode.Scalar, into text: inout String.UnicodeScalarView) -> Bool
  {
    var count = 0
    while count < 5, scanner.peek(count) == quote { count += 1 }
    scanner.advance(count)
    let kept = count >= 3 ? count - 3 : count
    text.append(contentsOf: repeatElement(quote, count: kept))
    return count >= 3
  }

  /// Takes a backslash that ends its line, with all white space up to the next text; false if it is none.
  private mutating func takeLineContinuation() -> Bool {
    var ahead = scanner
    ahead.advance()
    ahead.skipSpaces()
    guard ahead.takeLineEnd() else { return false }
    repeat { ahead.skipSpaces() } while ahead.takeLineEnd()
    scanner = ahead
    return true
  }

  private mutating func plain(_ scalar: Unicode.Scalar) throws(TOMLError) -> Unicode.Scalar {
    if TOMLScanner.isControl(scalar) {
      throw TOMLError(
        "\(TOMLScanner.shown(scalar)) cannot stand in a string; write it as an escape", at: scanner.position)
    }
    scanner.advance()
    return scalar
  }

  private mutating func escape() throws(TOMLError) -> Unicode.Scalar {
    let position = scanner.position
    scanner.advance()
    let letter = scanner.current
    scanner.advance()
    switch letter {
    case "b": return "\u{8}"
    case "t": return "\t"
    case "n": return "\n"
    case "f": return "\u{C}"
    case "r": return "\r"
    case "\"": return "\""
    case "\\": return "\\"
    case "u": return try escapedScalar(digits: 4, at: position)
    case "U": return try escapedScalar(digits: 8, at: position)
    default:
      throw TOMLError(
        "a backslash cannot stand before \(TOMLScanner.shown(letter)); double it, or use '…' quotes",
        at: position)
    }
  }

  private mutating func escapedScalar(
    digits: Int, at position: TOMLPosition
  ) throws(TOMLError) -> Unicode.Scalar {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let current = scanner.current, current.isASCII, let digit = Character(current).hexDigitValue
      else {
        throw TOMLError("this escape needs \(digits) hexadecimal digits", at: position)
      }
      value = value << 4 | UInt32(digit)
      scanner.advance()
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw TOMLError("this escape names no Unicode character", at: position)
    }
    return scalar
  }
}
