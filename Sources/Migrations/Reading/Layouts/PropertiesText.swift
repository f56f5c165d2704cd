/// A text of properties as Java writes them: `key=value` or `key: value`, with a backslash where a line goes on.
enum PropertiesText {
  /// The settings in order.
  static func settings(_ text: String) -> [(String, String)] {
    var lines: [String] = []
    var isOpen = false
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      var content = line.drop { $0 == " " || $0 == "\t" }
      if !isOpen, content.first == "#" || content.first == "!" { continue }
      let goesOn = content.last == "\\"
      if goesOn { content.removeLast() }
      if isOpen, !lines.isEmpty { lines[lines.count - 1] += content } else { lines.append(String(content)) }
      isOpen = goesOn
    }
    return lines.compactMap { line in
      guard let separator = line.firstIndex(where: { $0 == "=" || $0 == ":" }) else { return nil }
      let value = line[line.index(after: separator)...].drop { $0 == " " }
      return (
        line[..<separator].filter { $0 != " " && $0 != "\t" },
        String(value.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
      )
    }
  }
}
