/// Plans as `EXPLAIN (VERBOSE, COSTS OFF)` writes them.
enum PlanForm {
  /// Whether two plans differ in nothing but the aliases of tables.
  ///
  /// A query written anew by the server bears aliases that the file does not have (`members members_1`).
  static func agree(_ left: String, _ right: String) -> Bool {
    left == right || withoutAliases(left) == withoutAliases(right)
  }

  /// The expression that a plan computes, in the server's own spelling; nil for a plan with more than one step.
  static func expression(of plan: String) -> String? {
    let lines = plan.split(separator: "\n")
    guard lines.count >= 2,
      !lines.contains(where: {
        $0.utf8.starts(with: "  ->".utf8) || $0.hasPrefix("  InitPlan") || $0.hasPrefix("  SubPlan")
      })
    else { return nil }
    let mark = "  Output: "
    guard lines[1].hasPrefix(mark) else { return nil }
    return String(lines[1].dropFirst(mark.count))
  }

  /// The plan with its aliases put as numbers in the order in which its steps name them.
  private static func withoutAliases(_ plan: String) -> [String] {
    let lines = plan.split(separator: "\n").map { tokens(of: $0) }
    var numbers: [String: Int] = [:]
    for line in lines {
      guard let alias = alias(in: line), numbers[alias] == nil else { continue }
      numbers[alias] = numbers.count + 1
    }
    return lines.map { line in
      let isStep = alias(in: line) != nil
      return line.enumerated().map { place, token in
        guard let number = numbers[token] else { return token }
        let isQualifier = line.indices.contains(place + 1) && line[place + 1] == "."
        let isLast = isStep && place == line.count - 1
        return isQualifier || isLast ? "#\(number)" : token
      }.joined()
    }
  }

  /// The alias that a line gives to what its step reads (`->  Seq Scan on public.members m`); nil for other lines.
  private static func alias(in line: [String]) -> String? {
    guard let place = line.lastIndex(of: "on"), !line.contains(":"), line.contains("Scan"),
      place < line.count - 1
    else { return nil }
    return line.last
  }

  /// The line cut into names, strings, blanks and symbols.
  private static func tokens(of line: Substring) -> [String] {
    var tokens: [String] = []
    var current = ""
    var quote: Character?
    func isWord(_ character: Character) -> Bool {
      character == "_" || character == "$" || character.isLetter || character.isNumber
    }
    for character in line {
      if let open = quote {
        current.append(character)
        if character == open { quote = nil }
        continue
      }
      if character == "'" || character == "\"" {
        // A doubled quote begins a string anew, and the two come out as they were.
        if !current.isEmpty { tokens.append(current) }
        current = String(character)
        quote = character
        continue
      }
      if let last = current.last, isWord(last), isWord(character) {
        current.append(character)
        continue
      }
      if !current.isEmpty { tokens.append(current) }
      current = String(character)
    }
    if !current.isEmpty { tokens.append(current) }
    return tokens
  }
}
