import Schema

/// Writes objects under their present names into a text.
struct NameEdit {
  private struct Replacement {
    var range: Range<Int>
    var text: String
  }

  private let names: FormerNames
  private let bytes: [UInt8]
  private let tokens: [SQLToken]
  /// The numbers of the tokens by their first bytes.
  private let places: [Int: Int]

  init(names: FormerNames, text: String) {
    self.names = names
    bytes = Array(text.utf8)
    var lexer = SQLLexer(bytes)
    var tokens: [SQLToken] = []
    while let token = lexer.next() {
      if token.kind != .lineComment, token.kind != .blockComment { tokens.append(token) }
    }
    self.tokens = tokens
    places = Dictionary(
      tokens.enumerated().map { ($1.range.lowerBound, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The text; nil where a place does not hold what it should.
  func applied(_ mentions: Mentions, isExpression: Bool) -> String? {
    var replacements: [Int: Replacement] = [:]
    for mention in mentions.all {
      switch mention.form {
      case .name where [.function, .procedure, .aggregate].contains(mention.object.kind):
        if names.isRoutineInDoubt(mention.object) { return nil }
        fallthrough
      case .name, .qualifier, .literal:
        guard let new = names.renamed(mention.object) else { continue }
        guard let found = replacement(of: mention, by: new) else { return nil }
        for one in found { replacements[one.range.lowerBound] = one }
      case .column:
        guard let table = mention.object.table,
          let name = names.renamedColumns(of: table)[mention.object.name]
        else { continue }
        guard let token = identifier(mention, mention.parts - 1) else { return nil }
        var text = KeyWords.quoted(name)
        if let depth = mentions.plainOutputs[mention.location], !isExpression || depth > 1 {
          // The column that the query answers keeps the name that it had.
          guard let first = identifier(mention, 0), !isInParentheses(first) else { return nil }
          text += " AS \(KeyWords.quoted(mention.object.name))"
        }
        let range = tokens[token].range
        replacements[range.lowerBound] = Replacement(range: range, text: text)
      }
    }
    var text: [UInt8] = []
    var end = 0
    for one in replacements.values.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      text += bytes[end..<one.range.lowerBound]
      text += Array(one.text.utf8)
      end = one.range.upperBound
    }
    text += bytes[end...]
    return String(decoding: text, as: UTF8.self)
  }

  private func replacement(of mention: Mentions.Mention, by new: ObjectIdentity) -> [Replacement]? {
    let qualified = [new.schema, new.name].compactMap { $0 }
    if mention.form == .literal {
      guard let place = places[mention.location], tokens[place].kind == .string else { return nil }
      let text = SQLLiteral.standard(qualified.map(KeyWords.quoted).joined(separator: "."))
      return [Replacement(range: tokens[place].range, text: text)]
    }
    guard let last = identifier(mention, mention.parts - 1) else { return nil }
    let range = tokens[last].range
    let name = KeyWords.quoted(new.name)
    guard new.schema != mention.object.schema else { return [Replacement(range: range, text: name)] }
    if mention.parts > 1 {
      guard let schema = identifier(mention, mention.parts - 2), let written = new.schema else { return nil }
      return [
        Replacement(range: tokens[schema].range, text: KeyWords.quoted(written)),
        Replacement(range: range, text: name),
      ]
    }
    let text =
      mention.form == .qualifier
      ? name : qualified.map(KeyWords.quoted).joined(separator: ".")
    return [Replacement(range: range, text: text)]
  }

  /// The token of one part of a dotted name.
  private func identifier(_ mention: Mentions.Mention, _ part: Int) -> Int? {
    guard let first = places[mention.location], tokens.indices.contains(first + 2 * part) else { return nil }
    let areDots = (0..<part).allSatisfy { tokens[first + 2 * $0 + 1].kind == .dot }
    let kind = tokens[first + 2 * part].kind
    return areDots && (kind == .word || kind == .quotedIdentifier) ? first + 2 * part : nil
  }

  private func isInParentheses(_ token: Int) -> Bool {
    token > 0 && tokens[token - 1].kind == .leftParenthesis
  }
}
