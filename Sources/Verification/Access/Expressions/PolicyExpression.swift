/// The structure of a policy's expression: what is joined by AND, OR and NOT, down to conditions.
indirect enum PolicyExpression: Sendable, Hashable {
  case constant(Bool)
  case all([PolicyExpression])
  case any([PolicyExpression])
  case not(PolicyExpression)
  case condition(PolicyCondition)

  /// Reads an expression as the server writes it.
  init(_ text: String) {
    self.init(items: ExpressionItem.items(of: text))
  }

  init(items: [ExpressionItem]) {
    if case .group(let inner)? = items.first, items.count == 1 {
      self.init(items: inner)
      return
    }
    for (word, make) in [("or", Self.any), ("and", Self.all)] {
      let parts = Self.split(items, at: word)
      if parts.count > 1 {
        self = make(parts.map { PolicyExpression(items: $0) })
        return
      }
    }
    if items.first?.isWord("not") == true {
      self = .not(PolicyExpression(items: Array(items.dropFirst())))
    } else if items == [.name(["true"])] {
      self = .constant(true)
    } else if items == [.name(["false"])] || items.first?.isWord("null") == true {
      self = .constant(false)
    } else if PolicyCondition.withoutSelect(items) != items {
      self.init(items: PolicyCondition.withoutSelect(items))
    } else {
      self = .condition(PolicyCondition(items))
    }
  }

  /// The parts between a key word that stands outside parentheses and CASE.
  private static func split(_ items: [ExpressionItem], at word: String) -> [[ExpressionItem]] {
    var parts: [[ExpressionItem]] = [[]]
    var depth = 0
    for item in items {
      if item.isWord("case") { depth += 1 }
      if item.isWord("end") { depth -= 1 }
      if depth == 0, item.isWord(word) { parts.append([]) } else { parts[parts.count - 1].append(item) }
    }
    return parts
  }
}
