/// Comparisons of rows, which the server writes element by element where it can.
enum FingerprintRows {
  /// `(a, b) = (c, d)` is `a = c AND b = d` for the server, `(a, b) <> (c, d)` is `a <> c OR b <> d`.
  static func comparison(_ words: inout [String], _ place: inout Int) {
    guard place > 0, words[place - 1] == ")", let start = opening(words, before: place),
      let end = closing(words, after: place + 1), isRow(words, at: start)
    else { return }
    let left = elements(words[(start + 1)..<(place - 1)])
    let right = elements(words[(place + 2)..<end])
    guard left.count > 1, left.count == right.count else { return }
    let new = compared(left, right, with: words[place], joinedBy: words[place] == "=" ? "and" : "or")
    words.replaceSubrange(start...end, with: new)
    place = start
  }

  /// `(a, b) IN ((1, 2), (3, 4))` is `a = 1 AND b = 2 OR a = 3 AND b = 4` for the server; false if it is no comparison of rows.
  static func membership(_ words: inout [String], _ place: Int, isNegated: Bool) -> Bool {
    let behind = isNegated ? place - 1 : place
    guard behind > 0, words[behind - 1] == ")", let start = opening(words, before: behind),
      isRow(words, at: start),
      let end = closing(words, after: place + 1)
    else { return false }
    let left = elements(words[(start + 1)..<(behind - 1)])
    let rows = elements(words[(place + 2)..<end]).map { row in
      row.first == "(" && row.last == ")" ? elements(row.dropFirst().dropLast()) : []
    }
    guard left.count > 1, rows.allSatisfy({ $0.count == left.count }) else { return false }
    let written = rows.map {
      compared(left, $0, with: isNegated ? "<>" : "=", joinedBy: isNegated ? "or" : "and")
    }
    words.replaceSubrange(start...end, with: Array(written.joined(separator: [isNegated ? "and" : "or"])))
    return true
  }

  private static func compared(
    _ left: [ArraySlice<String>], _ right: [ArraySlice<String>], with sign: String, joinedBy word: String
  ) -> [String] {
    Array(zip(left, right).map { Array($0) + [sign] + Array($1) }.joined(separator: [word]))
  }

  /// Whether a parenthesis is that of a row, and not of a function's arguments.
  private static func isRow(_ words: [String], at start: Int) -> Bool {
    FingerprintRewriting.operandStart(words, start) == start
  }

  /// The parenthesis that is closed right before a place.
  private static func opening(_ words: [String], before place: Int) -> Int? {
    var depth = 0
    for index in words[..<place].indices.reversed() {
      depth += words[index] == ")" ? 1 : words[index] == "(" ? -1 : 0
      if depth == 0 { return index }
    }
    return nil
  }

  /// The parenthesis that closes the one at a place.
  private static func closing(_ words: [String], after place: Int) -> Int? {
    guard place < words.count, words[place] == "(" else { return nil }
    var depth = 0
    for index in words[place...].indices {
      depth += words[index] == "(" ? 1 : words[index] == ")" ? -1 : 0
      if depth == 0 { return index }
    }
    return nil
  }

  /// What stands between the commas that are in no parentheses.
  private static func elements(_ words: ArraySlice<String>) -> [ArraySlice<String>] {
    var found: [ArraySlice<String>] = []
    var start = words.startIndex
    var depth = 0
    for index in words.indices {
      depth += words[index] == "(" ? 1 : words[index] == ")" ? -1 : 0
      guard depth == 0, words[index] == "," else { continue }
      found.append(words[start..<index])
      start = index + 1
    }
    return found + [words[start...]]
  }
}
