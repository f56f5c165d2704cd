/// Taking the texts of definitions apart.
extension String {
  /// The text without a beginning, and whether it had it.
  func droppingPrefix(_ prefix: String) -> (had: Bool, rest: String) {
    hasPrefix(prefix) ? (true, String(dropFirst(prefix.count))) : (false, self)
  }

  /// A trigger's or rule's definition without the firing mode that a snapshot writes behind it (`[DISABLED]`).
  var withoutMode: (text: String, mode: String?) {
    for mode in ["DISABLED", "REPLICA", "ALWAYS"] where hasSuffix(" [\(mode)]") {
      return (String(dropLast(mode.count + 3)), mode)
    }
    return (self, nil)
  }

  /// A column's definition without the statistics target, which only `ALTER TABLE` can set, and that target.
  var splittingStatistics: (text: String, target: String?) {
    let digits = reversed().prefix { $0.isASCII && $0.isNumber }.count
    let word = " STATISTICS "
    let head = dropLast(digits)
    guard digits > 0, head.hasSuffix(word) else { return (self, nil) }
    return (String(head.dropLast(word.count)), String(suffix(digits)))
  }

  /// What an index's definition says from its method on.
  var behindMethod: Substring? { self[...].firstPlace(of: " USING ").map { self[$0...] } }

  var trimmingLineEnds: String {
    var text = self[...]
    while text.last == "\n" || text.last == "\r" { text.removeLast() }
    return String(text)
  }

  /// The text as an SQL literal.
  var sqlLiteral: String {
    let escaped = split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
    guard escaped.utf8.contains(0x5C) else { return "'\(escaped)'" }
    let doubled = escaped.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
    return "E'\(doubled)'"
  }
}

extension Substring {
  var trimmingBlanks: Substring {
    var text = self
    while text.first == " " || text.first == "\n" { text.removeFirst() }
    while text.last == " " || text.last == "\n" { text.removeLast() }
    return text
  }

  /// Where a text stands in it last.
  func lastPlace(of word: String) -> Index? {
    var found: Index?
    var rest = self
    while let place = rest.firstPlace(of: word) {
      found = place
      rest = self[index(after: place)...]
    }
    return found
  }

  /// Where a text stands in it first.
  func firstPlace(of word: String) -> Index? {
    guard let first = word.first else { return startIndex }
    var place = startIndex
    while let next = self[place...].firstIndex(of: first) {
      if self[next...].hasPrefix(word) { return next }
      place = index(after: next)
    }
    return nil
  }
}
