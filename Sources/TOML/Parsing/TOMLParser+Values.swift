extension TOMLParser {
  /// The value at the cursor.
  mutating func value() throws(TOMLError) -> TOMLNode {
    let position = scanner.position
    switch scanner.current {
    case "\"":
      let text = scanner.sees("\"\"\"") ? try multiLineString("\"") : try basicString()
      return .value(TOMLValue(.string(text), position: position))
    case "'":
      let text = scanner.sees("'''") ? try multiLineString("'") : try literalString()
      return .value(TOMLValue(.string(text), position: position))
    case "[":
      try enter()
      let values = try array()
      depth -= 1
      return .value(TOMLValue(.array(values), position: position))
    case "{":
      try enter()
      let table = try inlineTable()
      depth -= 1
      return .table(table)
    default:
      return .value(TOMLValue(try plainValue(), position: position))
    }
  }

  private mutating func enter() throws(TOMLError) {
    depth += 1
    if depth > Self.deepest {
      throw TOMLError("values are nested more than \(Self.deepest) deep", at: scanner.position)
    }
  }

  private mutating func array() throws(TOMLError) -> [TOMLValue] {
    let start = scanner.position
    scanner.advance()
    var values: [TOMLValue] = []
    while true {
      try skipLines()
      if scanner.current == "]" { break }
      guard scanner.current != nil else { throw TOMLError("this array is not closed", at: start) }
      values.append(try value().frozen)
      try skipLines()
      if scanner.current == "," {
        scanner.advance()
      } else if scanner.current == nil {
        throw TOMLError("this array is not closed", at: start)
      } else if scanner.current != "]" {
        throw unexpected("`,` or `]` is expected in an array")
      }
    }
    scanner.advance()
    return values
  }

  private mutating func skipLines() throws(TOMLError) {
    while true {
      scanner.skipSpaces()
      if scanner.current == "#" {
        try skipComment()
      } else if !scanner.takeLineEnd() {
        return
      }
    }
  }

  private mutating func inlineTable() throws(TOMLError) -> TOMLTableNode {
    let table = TOMLTableNode(origin: .dotted, position: scanner.position)
    scanner.advance()
    scanner.skipSpaces()
    if scanner.current != "}" {
      while true {
        try keyAndValue(into: table)
        scanner.skipSpaces()
        if scanner.current == "}" { break }
        guard scanner.current == "," else {
          throw unexpected("`,` or `}` is expected in an inline table, on the same line")
        }
        scanner.advance()
        scanner.skipSpaces()
        if scanner.current == "}" {
          throw TOMLError("an inline table cannot end with a comma", at: scanner.position)
        }
      }
    }
    scanner.advance()
    table.close()
    return table
  }

  /// A boolean, a number, a date or a time.
  private mutating func plainValue() throws(TOMLError) -> TOMLValue.Kind {
    let position = scanner.position
    var word = takeWord()
    guard !word.isEmpty else { throw unexpected("a value is expected here") }
    if let kind = TOMLNumber.kind(of: word) { return kind }
    if TOMLDateTime.isDate(word), scanner.current == " ", let next = scanner.peek(1),
      ("0"..."9").contains(next)
    {
      scanner.advance()
      word += " " + takeWord()
    }
    if TOMLDateTime.isValid(word) { return .dateTime(word) }
    throw TOMLError(Self.complaint(about: word), at: position)
  }

  private mutating func takeWord() -> String {
    var word = String.UnicodeScalarView()
    while let current = scanner.current {
      switch current {
      case "a"..."z", "A"..."Z", "0"..."9", "+", "-", "_", ".", ":":
        word.append(current)
        scanner.advance()
      default:
        return String(word)
      }
    }
    return String(word)
  }

  private static func complaint(about word: String) -> String {
    switch word.lowercased() {
    case "true", "false": return "booleans are written in lower case: `\(word.lowercased())`"
    case "null", "nil", "none": return "TOML has no `\(word)`; leave the key out"
    default: break
    }
    if let overflow = TOMLNumber.overflow(in: word) { return overflow }
    let digits = word.drop { $0 == "+" || $0 == "-" }
    if digits.count > 1, digits.first == "0", digits.allSatisfy({ $0.isASCII && $0.isNumber }) {
      return "`\(word)`: a number cannot begin with 0; put it in quotes if it is a version"
    }
    if let first = digits.first, first.isASCII, first.isNumber {
      return "`\(word)` is not a number, date or time as TOML writes them; put it in quotes if it is text"
    }
    return "`\(word)` is not a value; put it in quotes if it is text"
  }
}
