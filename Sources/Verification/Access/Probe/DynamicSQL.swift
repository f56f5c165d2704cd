/// What SQL that a PL/pgSQL body makes while it runs may touch (PL/pgSQL, 43.5.4 Executing Dynamic Commands).
enum DynamicSQL: Sendable, Hashable {
  /// Nothing that its text does not name.
  case nothing
  /// Any table, by a command that its text shows: `EXECUTE format('DELETE FROM %I', name)`.
  case anyTable
  /// Anything.
  case anything

  /// Reads a body.
  init(body: String) {
    var commands: [[ExpressionItem]] = []
    Self.collect(ExpressionItem.items(of: body), &commands)
    // A quote in a comment hides what follows it: then there are more commands without quotes than with them.
    var all: [[ExpressionItem]] = []
    Self.collect(ExpressionItem.items(of: body.replacing("'", with: " ")), &all)
    let found = commands.map(Self.judge)
    self =
      commands.count < all.count || found.contains(.anything)
      ? .anything : found.contains(.anyTable) ? .anyTable : .nothing
  }

  /// What stands behind each EXECUTE, up to the end of its statement.
  private static func collect(_ items: [ExpressionItem], _ commands: inout [[ExpressionItem]]) {
    for (place, item) in items.enumerated() {
      if case .group(let inner) = item { collect(inner, &commands) }
      guard item.isWord("execute") else { continue }
      let rest = items[(place + 1)...].prefix { $0 != .symbol(";") }
      // GRANT EXECUTE ON, CREATE TRIGGER … EXECUTE FUNCTION
      if let first = rest.first, ["on", "function", "procedure"].contains(where: first.isWord) { continue }
      commands.append(rest.prefix { !["using", "into", "loop"].contains(where: $0.isWord) })
    }
  }

  private static func judge(_ command: [ExpressionItem]) -> DynamicSQL {
    switch command.count {
    case 1:
      if case .group(let inner) = command[0] { return judge(inner) }
      if case .string = command[0] { return .nothing }
    case 2:
      guard command[0].isWord("format"), case .group(let arguments) = command[1],
        case .string(let template)? = arguments.first, arguments.count == 1 || arguments[1] == .symbol(",")
      else { return .anything }
      // %I is a name, %L a constant; %s is any text.
      let parts = template.split(separator: "%", omittingEmptySubsequences: false).dropFirst()
      let kinds = parts.compactMap { part in part.first { !"0123456789$-".contains($0) } }
      return kinds.contains("s") ? .anything : kinds.contains("I") ? .anyTable : .nothing
    default: break
    }
    return .anything
  }
}
