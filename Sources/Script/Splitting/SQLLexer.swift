/// Cuts SQL into tokens as PostgreSQL's own scanner does (`src/backend/parser/scan.l`, and psql's `psqlscan.l` for what
/// psql alone understands).
///
/// It works on bytes and looks at each a bounded number of times. Operators come one character at a time, because
/// splitting needs no more; key words are words.
struct SQLLexer {
  let bytes: [UInt8]
  /// Where reading ends, be there more bytes or not.
  let end: Int
  /// Where the next token is looked for.
  var offset: Int
  /// Whether plain strings know backslash escapes (`standard_conforming_strings = off`).
  var plainStringsHaveEscapes = false
  /// The line comments seen between the parts of continued strings.
  var commentsInStrings: [Range<Int>] = []

  /// Makes a lexer for the bytes from `offset` up to `end`, which is that of the bytes if none is given.
  init(_ bytes: [UInt8], from offset: Int = 0, to end: Int? = nil) {
    self.bytes = bytes
    self.offset = offset
    self.end = end ?? bytes.count
  }

  /// The next token or comment, or nil at the end.
  mutating func next() -> SQLToken? {
    skipSpace()
    guard offset < end else { return nil }
    let start = offset
    switch bytes[start] {
    case UInt8(ascii: "'"):
      return string(from: start, body: start + 1, escapes: plainStringsHaveEscapes)
    case UInt8(ascii: "\""):
      return quotedIdentifier(from: start, body: start + 1)
    case UInt8(ascii: "$"):
      return dollar(from: start)
    case UInt8(ascii: "-") where byte(at: start + 1) == UInt8(ascii: "-"):
      offset = endOfLine(from: start)
      return SQLToken(kind: .lineComment, range: start..<offset)
    case UInt8(ascii: "/") where byte(at: start + 1) == UInt8(ascii: "*"):
      return blockComment(from: start)
    case UInt8(ascii: ":"):
      return colon(from: start)
    case UInt8(ascii: ";"): return single(.semicolon)
    case UInt8(ascii: ","): return single(.comma)
    case UInt8(ascii: "."): return single(.dot)
    case UInt8(ascii: "("): return single(.leftParenthesis)
    case UInt8(ascii: ")"): return single(.rightParenthesis)
    case UInt8(ascii: "["): return single(.leftBracket)
    case UInt8(ascii: "]"): return single(.rightBracket)
    case UInt8(ascii: "\\"): return single(.backslash)
    case let first where first.isDigit:
      return number(from: start)
    case let first where first.startsIdentifier:
      return word(from: start)
    default:
      return single(.symbol)
    }
  }

  /// Skips the blanks of this line, and says whether nothing but the end of the line follows.
  mutating func reachesEndOfLine() -> Bool {
    while let next = byte(at: offset), next.isSpace, next != UInt8(ascii: "\n") { offset += 1 }
    return offset == end || bytes[offset] == UInt8(ascii: "\n")
  }

  private mutating func skipSpace() {
    while offset < end, bytes[offset].isSpace { offset += 1 }
  }

  private mutating func single(_ kind: SQLTokenKind) -> SQLToken {
    offset += 1
    return SQLToken(kind: kind, range: offset - 1..<offset)
  }

  func byte(at index: Int) -> UInt8? {
    index < end ? bytes[index] : nil
  }

  /// The index of the line's end; a carriage return ends a line comment as a line feed does.
  private func endOfLine(from start: Int) -> Int {
    var index = start
    while index < end, bytes[index] != UInt8(ascii: "\n"), bytes[index] != UInt8(ascii: "\r") {
      index += 1
    }
    return index
  }

  private mutating func word(from start: Int) -> SQLToken {
    let quote = UInt8(ascii: "'")
    switch bytes[start] | 0x20 {
    case UInt8(ascii: "e") where byte(at: start + 1) == quote:
      return string(from: start, body: start + 2, escapes: true)
    case UInt8(ascii: "b") where byte(at: start + 1) == quote,
      UInt8(ascii: "x") where byte(at: start + 1) == quote:
      return string(from: start, body: start + 2, escapes: false)
    case UInt8(ascii: "n") where byte(at: start + 1) == quote:
      return string(from: start, body: start + 2, escapes: plainStringsHaveEscapes)
    case UInt8(ascii: "u") where byte(at: start + 1) == UInt8(ascii: "&"):
      if byte(at: start + 2) == quote { return string(from: start, body: start + 3, escapes: false) }
      if byte(at: start + 2) == UInt8(ascii: "\"") {
        return quotedIdentifier(from: start, body: start + 3)
      }
    default:
      break
    }
    offset = start + 1
    while offset < end, bytes[offset].continuesIdentifier { offset += 1 }
    return SQLToken(kind: .word, range: start..<offset)
  }

  /// Letters that follow a number are junk that belongs to it (an error since 15), but a dollar sign is not.
  private mutating func number(from start: Int) -> SQLToken {
    offset = start + 1
    while offset < end, bytes[offset].continuesDollarTag { offset += 1 }
    return SQLToken(kind: .number, range: start..<offset)
  }

  private mutating func quotedIdentifier(from start: Int, body: Int) -> SQLToken {
    let quote = UInt8(ascii: "\"")
    var index = body
    while index < end {
      if bytes[index] == quote {
        guard byte(at: index + 1) == quote else {
          offset = index + 1
          return SQLToken(kind: .quotedIdentifier, range: start..<offset)
        }
        index += 1
      }
      index += 1
    }
    return unterminated(.quotedIdentifier, from: start)
  }

  private mutating func unterminated(_ kind: SQLTokenKind, from start: Int) -> SQLToken {
    offset = end
    return SQLToken(kind: kind, range: start..<offset, isTerminated: false)
  }

  private mutating func string(from start: Int, body: Int, escapes: Bool) -> SQLToken {
    let quote = UInt8(ascii: "'")
    let escape = UInt8(ascii: "\\")
    var index = body
    while index < end {
      let next = bytes[index]
      if next == quote {
        if byte(at: index + 1) == quote {
          index += 2
        } else if let continued = continuation(after: index + 1) {
          index = continued
        } else {
          offset = index + 1
          return SQLToken(kind: .string, range: start..<offset)
        }
      } else {
        index += escapes && next == escape ? 2 : 1
      }
    }
    return unterminated(.string, from: start)
  }

  /// Where a string goes on after its closing quote, if it does.
  ///
  /// That takes white space and line comments with at least one line end among them, then another quote. The
  /// continuation keeps the escapes of its beginning.
  private mutating func continuation(after quote: Int) -> Int? {
    var index = quote
    var sawLineEnd = false
    var comments: [Range<Int>] = []
    while let next = byte(at: index) {
      if next == UInt8(ascii: "\n") || next == UInt8(ascii: "\r") {
        sawLineEnd = true
        index += 1
      } else if next.isSpace {
        index += 1
      } else if next == UInt8(ascii: "-"), byte(at: index + 1) == UInt8(ascii: "-") {
        let comment = index..<endOfLine(from: index)
        comments.append(comment)
        index = comment.upperBound
      } else {
        guard sawLineEnd, next == UInt8(ascii: "'") else { return nil }
        commentsInStrings += comments
        return index + 1
      }
    }
    return nil
  }

  private mutating func dollar(from start: Int) -> SQLToken {
    let mark = UInt8(ascii: "$")
    var index = start + 1
    if let next = byte(at: index), next.isDigit {
      while index < end, bytes[index].isDigit { index += 1 }
      offset = index
      return SQLToken(kind: .parameter, range: start..<offset)
    }
    if let next = byte(at: index), next.startsIdentifier {
      while index < end, bytes[index].continuesDollarTag { index += 1 }
    }
    guard byte(at: index) == mark else { return single(.symbol) }
    let delimiter = start..<index + 1
    index = delimiter.upperBound
    while index + delimiter.count <= end {
      if bytes[index] == mark, bytes[index..<index + delimiter.count].elementsEqual(bytes[delimiter]) {
        offset = index + delimiter.count
        return SQLToken(kind: .dollarString, range: start..<offset)
      }
      index += 1
    }
    return unterminated(.dollarString, from: start)
  }

  private mutating func blockComment(from start: Int) -> SQLToken {
    let star = UInt8(ascii: "*")
    let slash = UInt8(ascii: "/")
    var depth = 1
    var index = start + 2
    while index + 1 < end {
      if bytes[index] == slash, bytes[index + 1] == star {
        depth += 1
        index += 2
      } else if bytes[index] == star, bytes[index + 1] == slash {
        depth -= 1
        index += 2
        if depth == 0 {
          offset = index
          return SQLToken(kind: .blockComment, range: start..<offset)
        }
      } else {
        index += 1
      }
    }
    return unterminated(.blockComment, from: start)
  }

  private mutating func colon(from start: Int) -> SQLToken {
    guard let next = byte(at: start + 1) else { return single(.symbol) }
    switch next {
    case UInt8(ascii: ":"), UInt8(ascii: "="):
      offset = start + 2
      return SQLToken(kind: .symbol, range: start..<offset)
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      return variable(from: start, name: start + 2, closedBy: next) ?? single(.symbol)
    case UInt8(ascii: "{") where byte(at: start + 2) == UInt8(ascii: "?"):
      return variable(from: start, name: start + 3, closedBy: UInt8(ascii: "}")) ?? single(.symbol)
    case let letter where letter.startsIdentifier:
      return variable(from: start, name: start + 1, closedBy: nil) ?? single(.symbol)
    default:
      return single(.symbol)
    }
  }

  private mutating func variable(from start: Int, name: Int, closedBy closing: UInt8?) -> SQLToken? {
    var index = name
    while index < end, bytes[index].continuesDollarTag { index += 1 }
    guard index > name else { return nil }
    if let closing {
      guard byte(at: index) == closing else { return nil }
      index += 1
    }
    offset = index
    return SQLToken(kind: .variable, range: start..<offset)
  }
}

extension UInt8 {
  /// White space between tokens; the vertical tab is one since PostgreSQL 16.
  var isSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }

  var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  /// A letter, an underscore, or any byte of a character outside ASCII.
  var startsIdentifier: Bool {
    let lower = self | 0x20
    return (lower >= 0x61 && lower <= 0x7A) || self == 0x5F || self >= 0x80
  }

  var continuesIdentifier: Bool { continuesDollarTag || self == 0x24 }

  /// What the tag of a dollar quote and the name of a psql variable are made of.
  var continuesDollarTag: Bool { startsIdentifier || isDigit }
}

extension [UInt8] {
  /// Whether the bytes of `range` spell `word`, which is given in lower-case ASCII letters, in any case.
  func spell(_ word: StaticString, at range: Range<Int>) -> Bool {
    guard range.count == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { letters in
      var index = range.lowerBound
      for letter in letters {
        let byte = self[index]
        let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
        if lower != letter { return false }
        index += 1
      }
      return true
    }
  }
}
