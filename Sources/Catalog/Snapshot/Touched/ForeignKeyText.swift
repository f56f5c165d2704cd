import Schema

/// What a foreign key points to, taken from its definition as the server writes it (`pg_get_constraintdef`), which costs
/// the server no further look.
struct ForeignKeyText: Sendable, Hashable {
  /// The table, with its schema.
  let table: ObjectIdentity
  /// Its columns, in order.
  let columns: [String]

  /// Reads a definition; nil if it is not of the plain kind (`FOREIGN KEY (…) REFERENCES schema.table(…) …`).
  init?(_ definition: String) {
    var text = definition[...]
    guard Self.take("FOREIGN KEY ", &text), Self.list(&text) != nil, Self.take(" REFERENCES ", &text),
      let schema = Self.name(&text), Self.take(".", &text), let name = Self.name(&text),
      let columns = Self.list(&text)
    else { return nil }
    table = .table(schema, name)
    self.columns = columns
  }

  private static func take(_ word: String, _ text: inout Substring) -> Bool {
    guard text.hasPrefix(word) else { return false }
    text.removeFirst(word.count)
    return true
  }

  /// Names in parentheses.
  private static func list(_ text: inout Substring) -> [String]? {
    guard take("(", &text) else { return nil }
    var names: [String] = []
    while let name = name(&text) {
      names.append(name)
      if take(")", &text) { return names }
      guard take(", ", &text) else { return nil }
    }
    return nil
  }

  private static func name(_ text: inout Substring) -> String? {
    if text.first == "\"" { return Identifier.takeQuoted(from: &text) }
    let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    text.removeFirst(word.count)
    return word.isEmpty ? nil : String(word)
  }
}
