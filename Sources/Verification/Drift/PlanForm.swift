/// Plans as `EXPLAIN (VERBOSE, COSTS OFF)` writes them.
enum PlanForm {
  /// Whether two plans differ in nothing but names that a query written anew by the server has otherwise.
  ///
  /// These are the aliases of tables (`members members_1`), the columns of the later branches of a `UNION`, which get the
  /// names of the first one's, and the fields of `EXTRACT`, which are read back in lower case.
  static func agree(_ left: String, _ right: String) -> Bool {
    left == right || withoutGivenNames(left) == withoutGivenNames(right)
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
  private static func withoutGivenNames(_ plan: String) -> [String] {
    let lines = withoutBranchColumns(plan.split(separator: "\n").map { lowerCaseFields(tokens(of: $0)) })
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
        guard isStep, place == line.count - 1 else { return isQualifier ? "#\(number)" : token }
        // A table that has no alias goes by its own name.
        return place > 0 && line[place - 1] == "." ? "\(token) #\(number)" : "#\(number)"
      }.joined()
    }
  }

  /// The plan with the columns of a set operation's branches (`"*SELECT* 2".total`) put as numbers, each branch's in the
  /// order in which the plan names them: what they are stands in the step below.
  private static func withoutBranchColumns(_ lines: [[String]]) -> [[String]] {
    var numbers: [String: [String: Int]] = [:]
    return lines.map { line in
      var line = line
      for place in line.indices.dropLast(2)
      where line[place].hasPrefix("\"*SELECT* ") && line[place + 1] == "." {
        let (branch, column) = (line[place], line[place + 2])
        let known = numbers[branch, default: [:]]
        let number = known[column] ?? known.count + 1
        numbers[branch, default: [:]][column] = number
        line[place + 2] = "#\(number)"
      }
      return line
    }
  }

  private static func lowerCaseFields(_ line: [String]) -> [String] {
    line.enumerated().map { place, token in
      place > 1 && line[place - 1] == "(" && line[place - 2] == "EXTRACT" ? token.lowercased() : token
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
