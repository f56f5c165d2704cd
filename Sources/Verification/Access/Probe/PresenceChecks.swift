/// What CHECK constraints say of which columns of a row have a value: `IS NULL`, `num_nonnulls`, in AND, OR, NOT and CASE.
struct PresenceChecks {
  private let checks: [PolicyExpression]
  /// The columns that are asked for their presence, in the order in which they are named.
  private let columns: [String]

  init(_ texts: [String]) {
    let checks = texts.map { text -> [ExpressionItem] in
      let items = ExpressionItem.items(of: text)
      return items.first?.isWord("check") == true ? Array(items.dropFirst()) : items
    }
    self.checks = checks.map { PolicyExpression(items: $0) }
    var columns: [String] = []
    for column in checks.flatMap(Self.columns) where !columns.contains(column) {
      columns.append(column)
    }
    self.columns = columns
  }

  /// More columns than this are left to chance: each doubles the ways to try.
  private static let most = 10

  /// The columns to give a value and those to leave out so that no check fails, with the fewest changes.
  ///
  /// - Parameters:
  ///   - known: The columns that have a value already, which may be taken away.
  ///   - certain: The columns that have one in any case.
  func choice(
    given known: Set<String>, certain: Set<String>
  ) -> (forced: Set<String>, absent: Set<String>) {
    let open = columns.filter { !certain.contains($0) }.prefix(Self.most)
    guard !open.isEmpty else { return ([], []) }
    let usual = known.union(certain)
    let ways = (0..<(1 << open.count)).sorted { left, right in
      left.nonzeroBitCount == right.nonzeroBitCount
        ? left < right : left.nonzeroBitCount < right.nonzeroBitCount
    }
    for way in ways {
      let changed = Set(open.enumerated().filter { way >> $0.offset & 1 == 1 }.map(\.element))
      let present = usual.symmetricDifference(changed)
      if checks.allSatisfy({ Self.value($0, present) != false }) {
        return (changed.subtracting(usual), changed.intersection(usual))
      }
    }
    return ([], [])
  }

  /// What an expression comes to where only these columns have a value; nil if that does not decide it.
  private static func value(_ expression: PolicyExpression, _ present: Set<String>) -> Bool? {
    switch expression {
    case .constant(let value): return value
    case .all(let parts):
      let values = parts.map { value($0, present) }
      return values.contains(false) ? false : values.contains(nil) ? nil : true
    case .any(let parts):
      let values = parts.map { value($0, present) }
      return values.contains(true) ? true : values.contains(nil) ? nil : false
    case .not(let part): return value(part, present).map(!)
    case .condition(let condition):
      return condition.items.first?.isWord("case") == true
        ? valueOfCase(condition.items, present) : value(of: condition.plain, present)
    }
  }

  private static func value(of items: [ExpressionItem], _ present: Set<String>) -> Bool? {
    if let place = items.firstIndex(where: { [.symbol("="), .symbol("<>")].contains($0) }), place > 0 {
      let sides = [items[..<place], items[(place + 1)...]].map { Array($0) }
      if let (count, wanted) = count(sides[0], sides[1], present) {
        return (count == wanted) == (items[place] == .symbol("="))
      }
      guard let left = value(PolicyExpression(items: sides[0]), present),
        let right = value(PolicyExpression(items: sides[1]), present)
      else { return nil }
      return (left == right) == (items[place] == .symbol("="))
    }
    if let place = items.firstIndex(where: { [.symbol(">="), .symbol(">")].contains($0) }), place > 0,
      let (count, wanted) = count(Array(items[..<place]), Array(items[(place + 1)...]), present)
    {
      return items[place] == .symbol(">") ? count > wanted : count >= wanted
    }
    guard let column = column(items) else { return nil }
    return present.contains(column) == items.contains { $0.isWord("not") }
  }

  /// The column of `column IS NULL` or `column IS NOT NULL`.
  private static func column(_ items: [ExpressionItem]) -> String? {
    guard case .name(let name)? = items.first, name.count == 1 else { return nil }
    let rest = Array(items.dropFirst())
    let tests: [[ExpressionItem]] = [
      [.name(["is"]), .name(["null"])], [.name(["is"]), .name(["not"]), .name(["null"])],
    ]
    return tests.contains(rest) ? name[0] : nil
  }

  /// How many columns of `num_nonnulls(…)` have a value, or of `num_nulls(…)` none, and how many should.
  private static func count(
    _ call: [ExpressionItem], _ number: [ExpressionItem], _ present: Set<String>
  ) -> (count: Int, wanted: Int)? {
    guard number.count == 1, case .number(let text) = number[0], let wanted = Int(text),
      let (function, columns) = counted(call)
    else { return nil }
    let count = columns.count { present.contains($0) }
    return (function == "num_nulls" ? columns.count - count : count, wanted)
  }

  private static func counted(_ call: [ExpressionItem]) -> (function: String, columns: [String])? {
    guard call.count == 2, case .name(let name) = call[0], case .group(let arguments) = call[1],
      let function = name.last, ["num_nonnulls", "num_nulls"].contains(function)
    else { return nil }
    let columns = arguments.compactMap { item -> String? in
      if case .name(let name) = item, name.count == 1 { name[0] } else { nil }
    }
    return (function, columns)
  }

  /// `CASE WHEN condition THEN result … ELSE result END`; without ELSE the result is NULL, which no check minds.
  private static func valueOfCase(_ items: [ExpressionItem], _ present: Set<String>) -> Bool? {
    var branches: [(word: String, items: [ExpressionItem])] = []
    var depth = 0
    for item in items {
      if item.isWord("case") { depth += 1 }
      if depth == 1, case .name(let name) = item, name.count == 1,
        ["case", "when", "then", "else", "end"].contains(name[0])
      {
        branches.append((name[0], []))
      } else if !branches.isEmpty {
        branches[branches.count - 1].items.append(item)
      }
      if item.isWord("end") { depth -= 1 }
    }
    // A value behind CASE is compared with each WHEN, which presence does not decide.
    guard branches.first?.items.isEmpty == true else { return nil }
    var isMet: Bool? = false
    for (word, items) in branches.dropFirst() {
      switch word {
      case "when": isMet = value(PolicyExpression(items: items), present)
      case "then" where isMet == nil: return nil
      case "then" where isMet == true: return value(PolicyExpression(items: items), present)
      case "else": return value(PolicyExpression(items: items), present)
      default: continue
      }
    }
    return nil
  }

  /// The columns whose presence is asked for anywhere in these items.
  private static func columns(_ items: [ExpressionItem]) -> [String] {
    items.indices.flatMap { index -> [String] in
      if case .group(let inner) = items[index] { return columns(inner) }
      if let (_, columns) = counted(Array(items[index...].prefix(2))) { return columns }
      return (column(Array(items[index...].prefix(3))) ?? column(Array(items[index...].prefix(4)))).map {
        [$0]
      } ?? []
    }
  }
}
