import Schema

/// What simple CHECK constraints leave to a column: a list of values, bounds, a length.
struct ColumnLimits: Sendable, Hashable {
  var choices: [String] = []
  var minimum: Double?
  var maximum: Double?
  var minimumLength: Int?
  var maximumLength: Int?
  /// A regular expression that its text must match.
  var pattern: String?

  /// Reads what constraints say of one column; `VALUE` is a domain's.
  ///
  /// Understood are, joined by AND: `column = ANY (ARRAY[…])`, `column = constant`, comparisons with a number, and
  /// comparisons of `length(column)` with a number, `column ~ pattern`. Everything else is left to the server to judge.
  init(of column: String, in constraints: [String]) {
    for text in constraints {
      var items = ExpressionItem.items(of: text)
      if items.first?.isWord("check") == true { items.removeFirst() }
      read(PolicyExpression(items: items), column: column)
    }
  }

  private mutating func read(_ expression: PolicyExpression, column: String) {
    switch expression {
    case .all(let parts): for part in parts { read(part, column: column) }
    case .any(let parts):
      // One way is enough; a way that is open anyway (`column IS NULL OR …`) tells nothing.
      if let part = parts.last { read(part, column: column) }
    case .condition(let condition): read(condition.plain, column: column)
    case .constant, .not: return
    }
  }

  private mutating func read(_ items: [ExpressionItem], column: String) {
    let subject: [ExpressionItem] = [.name([column])]
    if items.starts(with: subject) {
      read(comparison: Array(items.dropFirst()))
    } else if items.count == 4, case .name(let function) = items[0],
      ["length", "char_length", "character_length"].contains(function.last ?? ""),
      items[1] == .group(subject), case .symbol(let symbol) = items[2], case .number(let number) = items[3],
      let length = Int(number)
    {
      switch symbol {
      case ">=": minimumLength = max(minimumLength ?? 0, length)
      case ">": minimumLength = max(minimumLength ?? 0, length + 1)
      case "<=": maximumLength = min(maximumLength ?? length, length)
      case "<": maximumLength = min(maximumLength ?? length, length - 1)
      case "=": (minimumLength, maximumLength) = (length, length)
      default: return
      }
    }
  }

  private mutating func read(comparison items: [ExpressionItem]) {
    guard case .symbol(let symbol)? = items.first else { return }
    if symbol == "=", items.count == 3, items[1].isWord("any"), case .group(let list) = items[2] {
      let values = Self.constants(list)
      choices = choices.isEmpty ? values : choices.filter(values.contains)
      return
    }
    guard items.count == 2 else { return }
    if symbol == "=", case .string(let value) = items[1] { choices = [value] }
    if symbol == "~" || symbol == "~*", case .string(let value) = items[1] {
      pattern = value
      return
    }
    let text: String
    switch items[1] {
    case .number(let number): text = number
    case .string(let string): text = string
    default: return
    }
    guard let number = Double(text) else { return }
    switch symbol {
    case ">=": minimum = max(minimum ?? number, number)
    case ">": minimum = max(minimum ?? number + 1, number + 1)
    case "<=": maximum = min(maximum ?? number, number)
    case "<": maximum = min(maximum ?? number - 1, number - 1)
    default: return
    }
  }

  /// The constants of a list, arrays and parentheses taken apart.
  private static func constants(_ items: [ExpressionItem]) -> [String] {
    items.flatMap { item -> [String] in
      switch item {
      case .string(let text), .number(let text): [text]
      case .group(let inner): constants(inner)
      case .name, .symbol: []
      }
    }
  }
}
