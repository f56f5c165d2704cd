/// Cuts a file of the Prisma schema language into its words.
///
/// Comments (`//`, `/* */`) are left out, documentation (`///`) is kept. What can be no word is a problem, and the rest of
/// the file is read on.
struct PrismaLexer {
  private let file: String
  private let scalars: [Unicode.Scalar]
  private var place = 0
  private var line = 1
  private var lineStart = 0
  private(set) var problems: [PrismaProblem] = []
  private var tokens: [PrismaToken] = []

  init(_ text: String, file: String) {
    self.file = file
    var scalars = Array(text.unicodeScalars)
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    self.scalars = scalars
  }

  /// The words of the file, with an end behind them.
  mutating func read() -> [PrismaToken] {
    while place < scalars.count { readOne() }
    add(.end, at: here)
    return tokens
  }

  private var here: PrismaLocation { PrismaLocation(file: file, line: line, column: place - lineStart + 1) }

  private func scalar(_ offset: Int = 0) -> Unicode.Scalar? {
    place + offset < scalars.count ? scalars[place + offset] : nil
  }

  private mutating func add(_ kind: PrismaToken.Kind, at location: PrismaLocation) {
    tokens.append(PrismaToken(kind: kind, location: location))
  }

  private mutating func newLine() {
    line += 1
    lineStart = place
  }

  private mutating func readOne() {
    let start = here
    guard let next = scalar() else { return }
    switch next {
    case " ", "\t", "\r", "\u{0C}", "\u{0B}":
      place += 1
    case "\n":
      add(.newline, at: start)
      place += 1
      newLine()
    case "/": readComment(start)
    case "\"": readString(start)
    case "@":
      let isBlock = scalar(1) == "@"
      place += isBlock ? 2 : 1
      add(isBlock ? .blockMark : .fieldMark, at: start)
    case "{", "}", "(", ")", "[", "]", ",", ":", ".", "=", "?":
      place += 1
      add(.symbol(Character(next)), at: start)
    case "-" where scalar(1).map(Self.isDigit) ?? false: readNumber(start)
    case _ where Self.isDigit(next): readNumber(start)
    case _ where Self.isLetter(next): readWord(start)
    default:
      place += 1
      problems.append(PrismaProblem("the character \(Self.quoted(next)) has no meaning here", at: start))
    }
  }

  private mutating func readComment(_ start: PrismaLocation) {
    if scalar(1) == "*" {
      place += 2
      while let next = scalar(), !(next == "*" && scalar(1) == "/") {
        place += 1
        if next == "\n" { newLine() }
      }
      if scalar() == nil {
        problems.append(PrismaProblem("the comment that begins here has no end", at: start, advice: "*/"))
      }
      place = min(place + 2, scalars.count)
      return
    }
    guard scalar(1) == "/" else {
      place += 1
      problems.append(
        PrismaProblem("a single \"/\" has no meaning", at: start, advice: "comments begin with //"))
      return
    }
    let isDocumentation = scalar(2) == "/"
    place += isDocumentation ? 3 : 2
    var text = ""
    while let next = scalar(), next != "\n" {
      text.unicodeScalars.append(next)
      place += 1
    }
    guard isDocumentation else { return }
    if text.hasPrefix(" ") { text.removeFirst() }
    while text.last?.isWhitespace ?? false { text.removeLast() }
    add(.documentation(text), at: start)
  }

  private mutating func readString(_ start: PrismaLocation) {
    place += 1
    var text = ""
    while let next = scalar(), next != "\"", next != "\n" {
      if next == "\\" {
        text += readEscape()
      } else {
        text.unicodeScalars.append(next)
        place += 1
      }
    }
    if scalar() == "\"" {
      place += 1
    } else {
      problems.append(PrismaProblem("the string that begins here has no end on its line", at: start))
    }
    add(.string(text), at: start)
  }

  /// What stands for an escape, those of JSON.
  private mutating func readEscape() -> String {
    let start = here
    guard let mark = scalar(1) else {
      place += 1
      return ""
    }
    place += 2
    switch mark {
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "b": return "\u{08}"
    case "f": return "\u{0C}"
    case "\"", "\\", "/": return String(Character(mark))
    case "u":
      guard let unit = readHexadecimal() else { break }
      // A pair of surrogates is one character.
      if (0xD800..<0xDC00).contains(unit), scalar() == "\\", scalar(1) == "u" {
        place += 2
        if let low = readHexadecimal(), (0xDC00..<0xE000).contains(low),
          let whole = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        {
          return String(Character(whole))
        }
      } else if let whole = Unicode.Scalar(unit) {
        return String(Character(whole))
      }
    default: break
    }
    problems.append(
      PrismaProblem(
        "a backslash and \(Self.quoted(mark)) is no escape", at: start, advice: "write \\\\ for \\"))
    return ""
  }

  private mutating func readHexadecimal() -> UInt32? {
    let digits = (0..<4).compactMap { scalar($0) }
    guard digits.count == 4, let value = UInt32(String(String.UnicodeScalarView(digits)), radix: 16) else {
      return nil
    }
    place += 4
    return value
  }

  private mutating func readNumber(_ start: PrismaLocation) {
    let first = place
    place += 1
    while let next = scalar(), Self.isDigit(next) { place += 1 }
    if scalar() == ".", scalar(1).map(Self.isDigit) ?? false {
      place += 1
      while let next = scalar(), Self.isDigit(next) { place += 1 }
    }
    // A name may begin with a digit where it is quoted nowhere (values of enumerations).
    if let next = scalar(), Self.isLetter(next), scalars[first] != "-" {
      place = first
      readWord(start)
      return
    }
    add(.number(text(from: first)), at: start)
  }

  private mutating func readWord(_ start: PrismaLocation) {
    let first = place
    while let next = scalar(), Self.isLetter(next) || Self.isDigit(next) || next == "-" { place += 1 }
    add(.word(text(from: first)), at: start)
  }

  private func text(from first: Int) -> String {
    String(String.UnicodeScalarView(scalars[first..<place]))
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic
  }

  private static func quoted(_ scalar: Unicode.Scalar) -> String {
    scalar.value < 0x20 ? "U+\(String(scalar.value, radix: 16, uppercase: true))" : "\"\(Character(scalar))\""
  }
}
