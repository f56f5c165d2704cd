/// What the server writes in another order or with other words: `BETWEEN`, `NOT IN`, `IS NOT DISTINCT FROM`, an `ELSE`
/// that nobody wrote.
enum FingerprintRewriting {
  /// The words that show that there may be something to rewrite.
  static let marks: Set<String> = ["between", "in", "all", "distinct", "else"]

  /// Rewrites words between which parentheses and commas stand.
  static func rewrite(_ words: inout [String]) {
    var place = 0
    while place < words.count {
      switch words[place] {
      case "between": between(&words, &place)
      case "in": membership(&words, &place)
      case "=", "<>": FingerprintRows.comparison(&words, &place)
      case "all": onlyElement(&words, at: place)
      case "distinct": distinction(&words, place)
      case "else" where words[(place + 1)...].starts(with: ["null", "end"]):
        words.removeSubrange(place...place + 1)
      default: break
      }
      place += 1
    }
  }

  /// `x BETWEEN a AND b` is `x >= a AND x <= b` for the server.
  private static func between(_ words: inout [String], _ place: inout Int) {
    let isNegated = place > 0 && words[place - 1] == "not"
    let end = isNegated ? place - 1 : place
    let start = operandStart(words, end)
    let and = (place + 1..<words.count).first { words[$0] == "and" && isLevel(words, place + 1, $0) }
    guard let and else { return }
    let behind = operandEnd(words, and + 1)
    let operand = Array(words[start..<end])
    var low = words[(place + 1)..<and]
    let high = words[(and + 1)..<behind]
    guard !operand.isEmpty else { return }
    func range(_ low: ArraySlice<String>, _ high: ArraySlice<String>) -> [String] {
      operand + [isNegated ? "<" : ">="] + low + [isNegated ? "or" : "and"] + operand
        + [isNegated ? ">" : "<="] + high
    }
    let isSymmetric = low.first == "symmetric"
    if isSymmetric { low = low.dropFirst() }
    var new = range(low, high)
    // `x BETWEEN SYMMETRIC a AND b` is the same in both orders.
    if isSymmetric { new += [isNegated ? "and" : "or"] + range(high, low) }
    words.replaceSubrange(start..<behind, with: new)
    place = start + operand.count
  }

  /// `x NOT IN (a, b)` is `x <> ALL (ARRAY[a, b])` for the server, `x IN (a)` is `x = a`, and what stands before
  /// `NOT IN (SELECT …)` is inside the negation.
  private static func membership(_ words: inout [String], _ place: inout Int) {
    let isNegated = place > 0 && words[place - 1] == "not"
    if isQuery(words, place + 1) {
      guard isNegated else { return }
      words.remove(at: place - 1)
      words.insert("not", at: operandStart(words, place - 1))
      return
    }
    if FingerprintRows.membership(&words, place, isNegated: isNegated) { return }
    if isNegated {
      words.replaceSubrange(place - 1...place, with: ["<>", "all"])
      onlyElement(&words, at: place)
    } else if isSingle(words, place + 1) {
      words[place] = "="
    }
  }

  /// `x <> ALL (ARRAY[a])` as `x <> a`.
  private static func onlyElement(_ words: inout [String], at place: Int) {
    guard place > 0, words[place - 1] == "<>", isSingle(words, place + 1) else { return }
    words.remove(at: place)
  }

  /// `x IS NOT DISTINCT FROM y` is `NOT x IS DISTINCT FROM y` for the server.
  private static func distinction(_ words: inout [String], _ place: Int) {
    guard place > 2, words[place - 1] == "not", words[place - 2] == "is" else { return }
    words.remove(at: place - 1)
    words.insert("not", at: operandStart(words, place - 2))
  }

  // MARK: Operands

  private static let openings: Set<String> = [
    "and", "or", "not", "when", "then", "else", "case", "check", "where", "on", "using", "select", "having",
    "default", "with",
  ]
  private static let closings: Set<String> = [
    "and", "or", "when", "then", "else", "end", "from", "where", "group", "order", "limit", "having", "union",
    "window", "returning", "for",
  ]

  /// Where the operand begins that ends before a place.
  static func operandStart(_ words: [String], _ end: Int) -> Int {
    var depth = 0
    var place = end
    while place > 0 {
      let word = words[place - 1]
      if word == ")" { depth += 1 }
      if word == "(" { depth -= 1 }
      if depth < 0 || (depth == 0 && (word == "," || openings.contains(word))) { break }
      place -= 1
    }
    return place
  }

  /// Where the operand ends that begins at a place.
  private static func operandEnd(_ words: [String], _ start: Int) -> Int {
    var depth = 0
    var place = start
    while place < words.count {
      let word = words[place]
      if word == "(" { depth += 1 }
      if word == ")" { depth -= 1 }
      if depth < 0 || (depth == 0 && (word == "," || closings.contains(word))) { break }
      place += 1
    }
    return place
  }

  /// Whether as many parentheses are closed as are opened between two places.
  private static func isLevel(_ words: [String], _ start: Int, _ end: Int) -> Bool {
    var depth = 0
    for word in words[start..<end] { depth += word == "(" ? 1 : word == ")" ? -1 : 0 }
    return depth == 0
  }

  /// Whether parentheses that open at a place hold a query.
  private static func isQuery(_ words: [String], _ start: Int) -> Bool {
    let first = words[min(start, words.count)...].first { $0 != "(" }
    return first == "select" || first == "with" || first == "values"
  }

  /// Whether parentheses that open at a place hold one element.
  private static func isSingle(_ words: [String], _ start: Int) -> Bool {
    guard start < words.count, words[start] == "(", !isQuery(words, start) else { return false }
    var depth = 0
    for word in words[start...] {
      depth += word == "(" ? 1 : word == ")" ? -1 : 0
      if word == "," { return false }
      if depth == 0 { return true }
    }
    return false
  }
}
