/// How values and the arguments of attributes are read.
extension PrismaParser {
  mutating func readFieldAttributes() throws(Unreadable) -> [PrismaAttribute] {
    var attributes: [PrismaAttribute] = []
    while token.kind == .fieldMark { attributes.append(try readAttribute()) }
    return attributes
  }

  mutating func readAttribute() throws(Unreadable) -> PrismaAttribute {
    let location = token.location
    advance()
    var name = try word("the name of an attribute").text
    while token.kind == .symbol(".") {
      advance()
      name += "." + (try word("the name of an attribute")).text
    }
    let arguments = token.kind == .symbol("(") ? try readArguments() : []
    return PrismaAttribute(name: PrismaName(name, at: location), arguments: arguments)
  }

  mutating func readArguments() throws(Unreadable) -> [PrismaArgument] {
    try readList("(", ")") { parser throws(Unreadable) in
      if case .word(let text) = parser.token.kind, parser.tokens[parser.place + 1].kind == .symbol(":") {
        let name = PrismaName(text, at: parser.token.location)
        parser.advance()
        parser.advance()
        parser.skipBlanks()
        return PrismaArgument(name: name, value: try parser.readValue())
      }
      return PrismaArgument(value: try parser.readValue())
    }
  }

  private mutating func readList<Element>(
    _ open: Character, _ close: Character, _ read: (inout PrismaParser) throws(Unreadable) -> Element
  ) throws(Unreadable) -> [Element] {
    try symbol(open)
    var elements: [Element] = []
    skipBlanks()
    while token.kind != .symbol(close) {
      elements.append(try read(&self))
      skipBlanks()
      if token.kind == .symbol(",") {
        advance()
        skipBlanks()
      } else if token.kind != .symbol(close) {
        throw failure("\",\" or \"\(close)\"")
      }
    }
    advance()
    return elements
  }

  mutating func readValue() throws(Unreadable) -> PrismaValue {
    let location = token.location
    switch token.kind {
    case .string(let text):
      advance()
      return PrismaValue(kind: .string(text), location: location)
    case .number(let text):
      advance()
      return PrismaValue(kind: .number(text), location: location)
    case .symbol("["):
      let elements = try readList("[", "]") { parser throws(Unreadable) in try parser.readValue() }
      return PrismaValue(kind: .array(elements), location: location)
    case .symbol("{"):
      let members = try readList("{", "}") { parser throws(Unreadable) in try parser.readProperty(mark: ":") }
      return PrismaValue(kind: .object(members), location: location)
    case .word(var text):
      advance()
      while token.kind == .symbol(".") {
        advance()
        text += "." + (try word("a name")).text
      }
      guard token.kind == .symbol("(") else { return PrismaValue(kind: .constant(text), location: location) }
      return PrismaValue(kind: .function(text, try readArguments()), location: location)
    default:
      throw failure("a value")
    }
  }
}
