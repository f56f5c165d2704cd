import Schema

extension EntityDocument {
  /// The tables as a Mermaid entity relationship diagram, as Markdown viewers draw it.
  public var mermaid: String {
    let names = Dictionary(
      entities.enumerated().map { ($1.object, "e\($0)") }, uniquingKeysWith: { first, _ in first })
    var lines = ["erDiagram"]
    for entity in entities {
      guard let name = names[entity.object] else { continue }
      let head = "  \(name)[\(MermaidText.quoted(entity.object.qualifiedName))]"
      if entity.columns.isEmpty || entity.isPlatform {
        lines.append(head)
        continue
      }
      lines.append("\(head) {")
      for column in entity.columns {
        var keys: [String] = []
        if column.isPrimaryKey { keys.append("PK") }
        if column.isForeignKey { keys.append("FK") }
        if column.isUnique, !column.isPrimaryKey { keys.append("UK") }
        let marks = keys.isEmpty ? "" : " " + keys.joined(separator: ", ")
        // The language knows only plain words here; a name that is none is said in the comment.
        let word = Self.word(column.name)
        let comment = word == column.name ? "" : " \(MermaidText.quoted(column.name))"
        lines.append("    \(Self.word(column.type)) \(word)\(marks)\(comment)")
      }
      lines.append("  }")
    }
    for relation in relations {
      guard let from = names[relation.from], let to = names[relation.to] else { continue }
      let one = relation.isOptional ? "|o" : "||"
      let many = relation.isOneToOne ? "o|" : "o{"
      lines.append(
        "  \(to) \(one)--\(many) \(from) : \(MermaidText.quoted(relation.columns.joined(separator: ", ")))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A word of letters, digits and underscores that begins with a letter.
  private static func word(_ text: String) -> String {
    var word = ""
    for scalar in text.unicodeScalars {
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      if isPlain { word.unicodeScalars.append(scalar) } else if word.last != "_" { word.append("_") }
    }
    while word.last == "_", text.last != "_" { word.removeLast() }
    guard let first = word.unicodeScalars.first, first.properties.isAlphabetic else { return "c_\(word)" }
    return word
  }
}
