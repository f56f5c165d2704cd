/// A text that a simple regular expression accepts, so that a row can be made in a table whose CHECK asks for one.
///
/// Understood are literals, `.`, classes (`[a-z0-9_]`, `\d`, `\w`, `\s`), groups with the first of their alternatives,
/// anchors, and all quantifiers. What else there is in PostgreSQL's expressions (look-around, back references, negated
/// classes) has no example.
struct PatternExample {
  private var pattern: ArraySlice<Character>
  private var seed: UInt64

  /// The example; nil for a pattern that is not understood.
  ///
  /// - Parameter seed: what makes it different from others, as far as the pattern leaves room.
  static func text(for pattern: String, seed: UInt64) -> String? {
    var example = PatternExample(pattern: ArraySlice(pattern), seed: seed)
    guard let text = example.alternatives(), example.pattern.isEmpty else { return nil }
    return text
  }

  /// How often something is repeated that may be repeated without end.
  private static let usualCount = 8

  private mutating func alternatives() -> String? {
    guard let first = sequence() else { return nil }
    while pattern.first == "|" {
      pattern.removeFirst()
      guard sequence() != nil else { return nil }
    }
    return first
  }

  private mutating func sequence() -> String? {
    var text = ""
    while let next = pattern.first, next != "|", next != ")" {
      if next == "^" || next == "$" {
        pattern.removeFirst()
        continue
      }
      let start = pattern
      guard atom() != nil else { return nil }
      let afterAtom = pattern
      guard let count = quantifier() else { return nil }
      let end = pattern
      for _ in 0..<count {
        // Each time anew, so that a class gives other characters.
        pattern = start
        guard let one = atom() else { return nil }
        text += one
      }
      pattern = count == 0 && end.startIndex == afterAtom.startIndex ? afterAtom : end
    }
    return text
  }

  private mutating func atom() -> String? {
    guard let next = pattern.popFirst() else { return nil }
    switch next {
    case "(":
      if pattern.first == "?" {
        guard pattern.starts(with: "?:") else { return nil }
        pattern = pattern.dropFirst(2)
      }
      guard let inner = alternatives(), pattern.popFirst() == ")" else { return nil }
      return inner
    case "[": return characterClass()
    case "\\": return escaped()
    case ".": return pick(Array("abcdefghijklmnopqrstuvwxyz"))
    case "*", "+", "?", "{": return nil
    default: return String(next)
    }
  }

  private mutating func escaped() -> String? {
    guard let next = pattern.popFirst() else { return nil }
    switch next {
    case "d": return pick(Array("0123456789"))
    case "w": return pick(Array("abcdefghijklmnopqrstuvwxyz"))
    case "s": return " "
    default: return next.isLetter || next.isNumber ? nil : String(next)
    }
  }

  private mutating func characterClass() -> String? {
    var choices: [Character] = []
    guard pattern.first != "^" else { return nil }
    while let next = pattern.popFirst(), next != "]" || choices.isEmpty {
      // `[[:alpha:]]` and its like.
      if next == "[", pattern.first == ":" { return nil }
      if next == "\\" {
        guard let one = escaped()?.first else { return nil }
        choices.append(one)
      } else if pattern.first == "-", let last = pattern.dropFirst().first, last != "]",
        let from = next.asciiValue, let to = last.asciiValue, from <= to
      {
        pattern = pattern.dropFirst(2)
        choices += (from...to).map { Character(Unicode.Scalar($0)) }
      } else {
        choices.append(next)
      }
    }
    return choices.isEmpty ? nil : pick(choices)
  }

  /// How often the last atom comes; 1 where nothing says more.
  private mutating func quantifier() -> Int? {
    var count = 1
    switch pattern.first {
    case "*", "+":
      pattern.removeFirst()
      count = Self.usualCount
    case "?": pattern.removeFirst()
    case "{":
      guard let end = pattern.firstIndex(of: "}") else { return nil }
      let numbers = pattern[pattern.index(after: pattern.startIndex)..<end].split(
        separator: ",", omittingEmptySubsequences: false
      ).map { Int(String($0)) }
      pattern = pattern[pattern.index(after: end)...]
      guard let minimum = numbers.first ?? nil else { return nil }
      let maximum = numbers.count == 1 ? minimum : numbers[1] ?? max(minimum, Self.usualCount)
      count = max(minimum, min(maximum, Self.usualCount))
    default: return 1
    }
    if pattern.first == "?" { pattern.removeFirst() }
    return count
  }

  private mutating func pick(_ choices: [Character]) -> String? {
    guard !choices.isEmpty else { return nil }
    let choice = choices[Int(seed % UInt64(choices.count))]
    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    seed ^= seed >> 29
    return String(choice)
  }
}
