/// SQL written from values: literals that mean the same under every setting of the session.
enum SQLText {
  /// The text as a string literal, whatever `standard_conforming_strings` says.
  static func literal(_ text: String) -> String {
    guard text.utf8.contains(0x5C) || text.utf8.contains(0x27) else { return "'\(text)'" }
    var escaped = "E'"
    for character in text.unicodeScalars {
      if character == "'" || character == "\\" { escaped.unicodeScalars.append(character) }
      escaped.unicodeScalars.append(character)
    }
    return escaped + "'"
  }

  /// The texts as an array of `name`, in a fixed order.
  static func nameArray(_ texts: some Sequence<String>) -> String {
    "ARRAY[\(texts.sorted().map(literal).joined(separator: ", "))]::name[]"
  }
}
