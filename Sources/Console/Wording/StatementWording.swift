import Script

extension Statement {
  /// The beginning of the statement in one line; of a `DO` block, the beginning of what it does.
  var summary: String {
    // No pane is wider than this: a statement of a megabyte must not cost a megabyte for each frame.
    let scalars = text.unicodeScalars.prefix(4_000)
    if tag == "DO", let deed = Self.firstDeed(in: scalars) {
      return "DO … " + Self.inOneLine(scalars[deed...])
    }
    return Self.inOneLine(scalars)
  }

  /// The words that begin what a block does; what stands before them asks whether it has to be done.
  private static let deeds: Set<String> = [
    "ALTER", "CREATE", "DROP", "INSERT", "UPDATE", "DELETE", "GRANT", "REVOKE", "TRUNCATE", "COMMENT",
    "EXECUTE",
    "PERFORM", "CALL", "RAISE",
  ]

  /// Where the first line stands that begins with the word of a deed.
  private static func firstDeed(in text: String.UnicodeScalarView.SubSequence) -> String.Index? {
    var index = text.startIndex
    while index < text.endIndex {
      while index < text.endIndex, text[index].properties.isWhitespace { index = text.index(after: index) }
      let word = text[index...].prefix { $0.properties.isAlphabetic }
      if deeds.contains(String(word).uppercased()) { return index }
      while index < text.endIndex, text[index] != "\n" { index = text.index(after: index) }
    }
    return nil
  }

  fileprivate static func inOneLine(_ text: String.UnicodeScalarView.SubSequence) -> String {
    var line = ""
    var count = 0
    var isBlankPending = false
    for scalar in text {
      if scalar.properties.isWhitespace {
        isBlankPending = !line.isEmpty
        continue
      }
      if isBlankPending { line.unicodeScalars.append(" ") }
      isBlankPending = false
      line.unicodeScalars.append(scalar)
      count += 1
      if count >= 400 { break }
    }
    return line
  }
}

extension String {
  /// The beginning of SQL in one line.
  var inOneLine: String { Statement.inOneLine(unicodeScalars.prefix(4_000)) }
}
