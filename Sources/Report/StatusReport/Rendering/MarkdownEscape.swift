/// Foreign text in GitHub Flavored Markdown: read as it is, never as markup.
enum MarkdownEscape {
  /// Running text on one line; outer spaces stay, since what stands beside it may need them.
  static func text(_ text: String) -> String {
    let characters = Array(PrintableText.of(text))
    var escaped = ""
    for (index, character) in characters.enumerated() {
      switch character {
      case "\\", "`", "*", "[", "]", "<", ">", "~", "&", "$":
        escaped += "\\\(character)"
      case "_" where !isInsideWord(index, characters), ":" where beginsEmoji(index, characters):
        escaped += "\\\(character)"
      case _ where character.isNewline || character == "\t": escaped += " "
      default: escaped.append(character)
      }
    }
    return escaped
  }

  /// A code span with as many backticks around it as its own demand.
  static func code(_ code: String) -> String {
    let line = PrintableText.of(code).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .joined(separator: " ")
    guard !line.allSatisfy({ $0 == " " }) else { return "" }
    let fence = fence(around: line, atLeast: 1)
    // A space at both ends is taken off again by the reader, and keeps a backtick from joining the fence.
    let needsSpace =
      line.hasPrefix("`") || line.hasSuffix("`") || (line.hasPrefix(" ") && line.hasSuffix(" "))
    return needsSpace ? "\(fence) \(line) \(fence)" : "\(fence)\(line)\(fence)"
  }

  /// Backticks, more than stand side by side anywhere in a text.
  static func fence(around text: String, atLeast minimum: Int) -> String {
    var longest = 0
    var current = 0
    for character in text {
      current = character == "`" ? current + 1 : 0
      longest = max(longest, current)
    }
    return String(repeating: "`", count: max(minimum, longest + 1))
  }

  /// What is already Markdown, in a cell of a table: a pipe ends a cell even inside code.
  static func cell(_ markdown: String) -> String {
    markdown.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  /// What is already Markdown, where a line begins: no heading, list or rule comes of it.
  static func atLineStart(_ markdown: String) -> String {
    guard let first = markdown.first else { return markdown }
    if "#+-=|".contains(first) { return "\\\(markdown)" }
    let digits = markdown.prefix { $0.isASCII && $0.isNumber }
    if !digits.isEmpty, let next = markdown.dropFirst(digits.count).first, next == "." || next == ")" {
      return "\(digits)\\\(markdown.dropFirst(digits.count))"
    }
    return markdown
  }

  /// Underscores within a word are no emphasis, and names are full of them.
  private static func isInsideWord(_ index: Int, _ characters: [Character]) -> Bool {
    guard index > 0, index + 1 < characters.count else { return false }
    return isWord(characters[index - 1]) && isWord(characters[index + 1])
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }

  /// GitHub makes a picture of `:name:`; of numbers only of these two.
  private static func beginsEmoji(_ index: Int, _ characters: [Character]) -> Bool {
    var end = index + 1
    while end < characters.count, isWord(characters[end]) || "+-".contains(characters[end]) { end += 1 }
    guard end > index + 1, end < characters.count, characters[end] == ":" else { return false }
    let name = String(characters[(index + 1)..<end])
    return !name.allSatisfy(\.isNumber) || name == "100" || name == "1234"
  }
}
