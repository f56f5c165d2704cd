/// What the text of a view's query tells: where its rows come from, and under which condition.
struct ViewQuery: Sendable, Hashable {
  /// The condition behind WHERE, or nil if there is none or it is not the only one.
  let condition: [ExpressionItem]?
  /// The first relation behind FROM, by schema and name.
  let source: [String]?
  /// Whether every row comes from all relations together: one SELECT that joins without LEFT, RIGHT or FULL.
  let joinsInside: Bool

  /// Reads a view's definition; what stands before `AS` is left out.
  init(_ definition: String) {
    let all = ExpressionItem.items(of: definition)
    let start = all.firstIndex { $0.isWord("as") }.map { $0 + 1 } ?? 0
    let items = Array(all[start...].prefix { $0 != .symbol(";") })
    let isPlain =
      items.first?.isWord("select") == true
      && !items.contains { item in ["union", "intersect", "except"].contains { item.isWord($0) } }
    let words = PolicyCondition(items)
    let selects = words.names.count { $0 == ["select"] }
    joinsInside =
      isPlain && selects == 1
      && !words.names.contains { [["left"], ["right"], ["full"]].contains($0) }
    guard isPlain, let from = items.firstIndex(where: { $0.isWord("from") }) else {
      condition = nil
      source = nil
      return
    }
    source = Self.firstName(Array(items[(from + 1)...]))
    condition = items[from...].firstIndex { $0.isWord("where") }.map { start in
      Array(items[(start + 1)...].prefix { item in !Self.ends.contains { item.isWord($0) } })
    }
  }

  private static let ends = [
    "group", "having", "order", "limit", "offset", "window", "fetch", "for",
  ]

  private static func firstName(_ items: [ExpressionItem]) -> [String]? {
    switch items.first {
    case .name(let parts)?: parts.count == 2 ? parts : nil
    case .group(let inner)?: firstName(inner)
    default: nil
    }
  }
}
