/// One condition of a policy: a comparison, a call, an EXISTS.
struct PolicyCondition: Sendable, Hashable {
  /// The condition as the server wrote it, in items.
  let items: [ExpressionItem]
  /// The same without casts, without parentheses around single things, and with `( SELECT f() AS f)` as `f()`.
  let plain: [ExpressionItem]

  init(_ items: [ExpressionItem]) {
    self.items = items
    plain = Self.simplified(items)
  }

  /// Every name that is no call's, with its parts.
  var names: [[String]] { Self.walk(items).names }
  /// The names of what is called.
  var calls: [[String]] { Self.walk(items).calls }
  /// The string constants.
  var strings: [String] { Self.walk(items).strings }
  /// Whether there is a sub-select, even one without FROM.
  var hasSubselect: Bool { names.contains(["select"]) }

  /// Whether this operator stands anywhere in it.
  func hasSymbol(_ symbol: String) -> Bool {
    func contains(_ items: [ExpressionItem]) -> Bool {
      items.contains { item in
        if case .group(let inner) = item { contains(inner) } else { item == .symbol(symbol) }
      }
    }
    return contains(items)
  }

  /// All, if both sides of `=` are the same thing or the same constant, so that the comparison tells nothing.
  var equalSides: RowShare? {
    guard let place = plain.firstIndex(of: .symbol("=")), place > 0, place + 1 < plain.count else {
      return nil
    }
    return plain[..<place].elementsEqual(plain[(place + 1)...]) ? .all : nil
  }

  /// A column that is compared with itself anywhere in the condition, by its name.
  var comparedWithItself: [String]? {
    func search(_ items: [ExpressionItem]) -> [String]? {
      for (index, item) in items.enumerated() {
        if case .group(let inner) = item, let found = search(inner) { return found }
        guard item == .symbol("="), index > 0, index + 1 < items.count, items[index - 1] == items[index + 1],
          case .name(let name) = items[index - 1], !Self.wordsBeforeParentheses.contains(name[0]),
          index + 2 >= items.count || !items[index + 2].isGroup
        else { continue }
        return name
      }
      return nil
    }
    return search(plain)
  }

  /// The items without what stands in sub-selects with FROM.
  var itemsOutsideSubselects: [ExpressionItem] {
    func outside(_ items: [ExpressionItem]) -> [ExpressionItem] {
      items.compactMap { item in
        guard case .group(let inner) = item else { return item }
        if inner.first?.isWord("select") == true, inner.contains(where: { $0.isWord("from") }) { return nil }
        return .group(outside(inner))
      }
    }
    return outside(items)
  }

  /// Whether something is compared otherwise than for being the same.
  var hasOrderComparison: Bool {
    ["<", ">", "<=", ">=", "~~", "~~*", "~", "~*", "!~", "!~~"].contains { hasSymbol($0) }
  }

  private struct Words {
    var names: [[String]] = []
    var calls: [[String]] = []
    var strings: [String] = []
  }

  private static let wordsBeforeParentheses: Set<String> = [
    "and", "or", "not", "in", "any", "all", "some", "exists", "select", "from", "where", "on", "join",
    "case", "when", "then", "else", "as", "array", "values", "by", "is", "union", "with", "having", "over",
    "filter",
    "limit", "distinct",
  ]

  private static func walk(_ items: [ExpressionItem]) -> Words {
    var words = Words()
    for (index, item) in items.enumerated() {
      switch item {
      case .string(let text): words.strings.append(text)
      case .name(let parts):
        let isCall: Bool
        if index + 1 < items.count, case .group = items[index + 1] {
          isCall = parts.count > 1 || !wordsBeforeParentheses.contains(parts[0])
        } else {
          isCall = false
        }
        if isCall, index == 0 || items[index - 1] != .symbol("::") {
          words.calls.append(parts)
        } else {
          words.names.append(parts)
        }
      case .group(let inner):
        let found = walk(inner)
        words.names += found.names
        words.calls += found.calls
        words.strings += found.strings
      case .number, .symbol: continue
      }
    }
    return words
  }

  /// What a `SELECT x AS name` without FROM gives.
  static func withoutSelect(_ items: [ExpressionItem]) -> [ExpressionItem] {
    guard items.first?.isWord("select") == true, !items.contains(where: { $0.isWord("from") }) else {
      return items
    }
    var rest = Array(items.dropFirst())
    if rest.count >= 2, rest[rest.count - 2].isWord("as") { rest.removeLast(2) }
    return rest
  }

  private static let typeWords: Set<String> = ["varying", "with", "without", "time", "zone", "precision"]

  private static func simplified(_ items: [ExpressionItem]) -> [ExpressionItem] {
    var result: [ExpressionItem] = []
    var index = 0
    while index < items.count {
      switch items[index] {
      case .symbol("::"):
        index += 2
        while index < items.count {
          guard case .name(let parts) = items[index], parts.count == 1, typeWords.contains(parts[0]) else {
            break
          }
          index += 1
        }
        if index < items.count, case .group(let inner) = items[index],
          inner.allSatisfy({ if case .number = $0 { true } else { false } }), !inner.isEmpty
        {
          index += 1
        }
        if index + 1 < items.count, items[index] == .symbol("["), items[index + 1] == .symbol("]") {
          index += 2
        }
        continue
      case .group(let inner):
        let isArguments: Bool
        if let last = result.last, case .name(let parts) = last {
          isArguments = parts.count > 1 || !wordsBeforeParentheses.contains(parts[0]) || parts == ["any"]
        } else {
          isArguments = false
        }
        let content = simplified(withoutSelect(inner))
        let isOneThing =
          content.count == 1
          || (content.count == 2
            && {
              if case .name = content[0], case .group = content[1] { true } else { false }
            }())
        if isArguments || !isOneThing { result.append(.group(content)) } else { result += content }
      case let item: result.append(item)
      }
      index += 1
    }
    if result.count == 1, case .group(let inner) = result[0] { return inner }
    return result
  }
}
