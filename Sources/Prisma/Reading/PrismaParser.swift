/// Reads a file of the Prisma schema language.
///
/// A statement that cannot be read is a problem, and reading goes on with the next line, so that all that is wrong is told
/// at once.
struct PrismaParser {
  let tokens: [PrismaToken]
  private(set) var place = 0
  private(set) var problems: [PrismaProblem]

  init(_ text: String, file: String) {
    var lexer = PrismaLexer(text, file: file)
    tokens = lexer.read()
    problems = lexer.problems
  }

  /// Thrown to leave the statement that cannot be read.
  struct Unreadable: Error {
    var problem: PrismaProblem
  }

  /// What the file says.
  mutating func read() -> PrismaDocument {
    var document = PrismaDocument()
    while true {
      let comment = skipLines()
      if case .end = token.kind { break }
      do {
        try readBlock(comment, into: &document)
      } catch {
        problems.append(error.problem)
        skipBlock()
      }
    }
    return document
  }

  // MARK: Words

  var token: PrismaToken { tokens[place] }

  mutating func advance() { if place < tokens.count - 1 { place += 1 } }

  /// Skips the ends of lines, and keeps the documentation that stands directly before what follows.
  private mutating func skipLines() -> [String] {
    var lines: [String] = []
    var blanks = 0
    while true {
      switch token.kind {
      case .newline:
        blanks += 1
        if blanks > 1 { lines = [] }
      case .documentation(let text):
        lines.append(text)
        blanks = 0
      default: return lines
      }
      advance()
    }
  }

  /// In parentheses and brackets the ends of lines mean nothing.
  mutating func skipBlanks() {
    while true {
      switch token.kind {
      case .newline, .documentation: advance()
      default: return
      }
    }
  }

  func failure(_ wanted: String, advice: String? = nil) -> Unreadable {
    Unreadable(
      problem: PrismaProblem(
        "\(wanted) is expected, not \(token.wording)", at: token.location, advice: advice))
  }

  mutating func word(_ wanted: String) throws(Unreadable) -> PrismaName {
    guard case .word(let text) = token.kind else { throw failure(wanted) }
    let name = PrismaName(text, at: token.location)
    advance()
    return name
  }

  mutating func symbol(_ symbol: Character) throws(Unreadable) {
    guard token.kind == .symbol(symbol) else { throw failure("\"\(symbol)\"") }
    advance()
  }

  /// After what cannot be read in a block: on to the next line.
  private mutating func skipLine() {
    while true {
      switch token.kind {
      case .newline, .end, .symbol("}"): return
      default: advance()
      }
    }
  }

  /// After a head that cannot be read: past the block's end, or to the next line that stands outside a block.
  private mutating func skipBlock() {
    var depth = 0
    while true {
      switch token.kind {
      case .end: return
      case .newline where depth == 0: return
      case .symbol("{"): depth += 1
      case .symbol("}"):
        depth -= 1
        if depth <= 0 {
          advance()
          return
        }
      default: break
      }
      advance()
    }
  }

  // MARK: Blocks

  private static let keywords = ["datasource", "generator", "model", "view", "type", "enum"]

  private mutating func readBlock(
    _ comment: [String], into document: inout PrismaDocument
  ) throws(Unreadable) {
    guard case .word(let keyword) = token.kind, Self.keywords.contains(keyword) else {
      throw failure("a block (\(Self.keywords.joined(separator: ", ")))")
    }
    advance()
    let name = try word("the name of the \(keyword)")
    if keyword == "type", token.kind == .symbol("=") {
      throw Unreadable(
        problem: PrismaProblem(
          "type aliases are no part of the language", at: token.location,
          advice: "write the type at each field; composite types are in braces"))
    }
    try symbol("{")
    switch keyword {
    case "datasource", "generator":
      var block = PrismaConfiguration(
        kind: keyword == "datasource" ? .datasource : .generator, name: name, documentation: comment)
      readLines(of: name) { parser, _ throws(Unreadable) in
        block.properties.append(try parser.readProperty(mark: "="))
      }
      document.configurations.append(block)
    case "enum":
      var block = PrismaEnumeration(name: name, documentation: comment)
      readLines(of: name) { parser, comment throws(Unreadable) in
        if parser.token.kind == .blockMark {
          block.attributes.append(try parser.readAttribute())
        } else {
          let name = try parser.word("a value of the enumeration")
          block.values.append(
            PrismaEnumeration.Value(
              name: name, attributes: try parser.readFieldAttributes(),
              documentation: comment + parser.trailingDocumentation()))
        }
      }
      document.enumerations.append(block)
    default:
      var block = PrismaModel(
        kind: PrismaModel.Kind(rawValue: keyword) ?? .model, name: name, documentation: comment)
      readLines(of: name) { parser, comment throws(Unreadable) in
        if parser.token.kind == .blockMark {
          block.attributes.append(try parser.readAttribute())
        } else {
          block.fields.append(try parser.readField(comment))
        }
      }
      document.models.append(block)
    }
  }

  /// Reads the lines of a block to its end.
  private mutating func readLines(
    of block: PrismaName, _ read: (inout PrismaParser, [String]) throws(Unreadable) -> Void
  ) {
    while true {
      let comment = skipLines()
      switch token.kind {
      case .symbol("}"):
        advance()
        return
      case .end:
        problems.append(
          PrismaProblem(
            "the block \"\(block.text)\" has no end", at: block.location, advice: "close it with }"))
        return
      default:
        do {
          try read(&self, comment)
          try endOfLine()
        } catch {
          problems.append(error.problem)
          skipLine()
        }
      }
    }
  }

  private func endOfLine() throws(Unreadable) {
    switch token.kind {
    case .newline, .documentation, .end, .symbol("}"): return
    default: throw failure("the end of the line")
    }
  }

  /// A documentation comment behind something on the same line.
  private mutating func trailingDocumentation() -> [String] {
    guard case .documentation(let text) = token.kind else { return [] }
    advance()
    return [text]
  }

  mutating func readProperty(mark: Character) throws(Unreadable) -> PrismaProperty {
    let name = try word("a name")
    try symbol(mark)
    return PrismaProperty(name: name, value: try readValue())
  }

  // MARK: Fields

  private mutating func readField(_ comment: [String]) throws(Unreadable) -> PrismaField {
    let name = try word("a field, or an attribute of the block")
    let location = token.location
    if token.kind == .symbol("[") {
      throw failure("a type", advice: "lists are written behind the type: String[]")
    }
    if token.kind == .symbol(":") {
      throw failure("a type", advice: "there is no colon between a field and its type")
    }
    let word = try word("the type of the field \"\(name.text)\"")
    var type = PrismaField.FieldType.named(word.text)
    if word.text == "Unsupported", token.kind == .symbol("(") {
      advance()
      guard case .string(let text) = token.kind else { throw failure("the type's name, as a string") }
      advance()
      try symbol(")")
      type = .unsupported(text)
    }
    let arity = try readArity()
    return PrismaField(
      name: name, type: type, typeLocation: location, arity: arity, attributes: try readFieldAttributes(),
      documentation: comment + trailingDocumentation())
  }

  private mutating func readArity() throws(Unreadable) -> PrismaField.Arity {
    if token.kind == .symbol("?") {
      advance()
      if token.kind == .symbol("[") {
        throw failure("the end of the type", advice: "lists cannot be optional")
      }
      return .optional
    }
    guard token.kind == .symbol("[") else { return .required }
    advance()
    try symbol("]")
    if token.kind == .symbol("?") { throw failure("the end of the type", advice: "lists cannot be optional") }
    return .list
  }
}
