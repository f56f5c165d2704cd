import Schema

/// The claims of a token that policies compare with columns, beside who is signed in.
///
/// `((auth.jwt() -> 'app_metadata') ->> 'tenant_id')::uuid = tenant_id` compares the claim `app_metadata.tenant_id`: the
/// token of each user then holds what the user's rows hold.
struct ProbeClaims: Sendable {
  /// A claim by its path in the token.
  typealias Path = [String]
  /// The claims of each user, as text.
  typealias Values = [ProbeUser: [Path: String]]

  /// The claim that each column is compared with.
  private(set) var columns: [ObjectIdentity: Path] = [:]

  init(_ matrix: AccessMatrix) {
    for policy in matrix.snapshot.objects(of: .policy) {
      guard case .policy(let detail) = policy.detail, let table = policy.identity.table,
        let schema = table.schema
      else { continue }
      let known = matrix.columns(of: table)
      for leaf in [detail.using, detail.check].compactMap({ $0 }).flatMap({ PolicyExpression($0).leaves }) {
        guard let (column, path) = Self.comparison(leaf.plain, known) else { continue }
        columns[.column(schema, table.name, column)] = path
      }
    }
  }

  /// What each user's rows hold where a claim is compared with them.
  func values(from seeds: SeedPlanner) -> Values {
    var values: Values = [:]
    for (user, row) in seeds.order {
      for value in row.values {
        guard let schema = row.table.schema, let path = columns[.column(schema, row.table.name, value.column)]
        else { continue }
        if values[user]?[path] == nil { values[user, default: [:]][path] = Self.text(of: value.literal) }
      }
    }
    return values
  }

  /// The column and the claim of `column = claim`, whichever stands first.
  private static func comparison(_ items: [ExpressionItem], _ columns: Set<String>) -> (String, Path)? {
    guard let place = items.firstIndex(of: .symbol("=")) else { return nil }
    let sides = [Array(items[..<place]), Array(items[(place + 1)...])]
    for (one, other) in [(sides[0], sides[1]), (sides[1], sides[0])] {
      guard one.count == 1, case .name(let name) = one[0], let column = name.last, columns.contains(column),
        let path = path(of: other), !path.isEmpty, path != ["sub"], path != ["email"], path != ["role"]
      else { continue }
      return (column, path)
    }
    return nil
  }

  /// The path of `auth.jwt() -> 'a' ->> 'b'`, of the same from `current_setting('request.jwt.claims')`, and of
  /// `current_setting('request.jwt.claim.a')`.
  private static func path(of items: [ExpressionItem]) -> Path? {
    var items = items
    if items.count == 1, case .group(let inner) = items[0] { items = inner }
    if items.count >= 2, case .string(let key) = items[items.count - 1],
      [.symbol("->"), .symbol("->>")].contains(items[items.count - 2])
    {
      return path(of: Array(items.dropLast(2))).map { $0 + [key] }
    }
    guard items.count == 2, case .name(let name) = items[0], case .group(let arguments) = items[1] else {
      return nil
    }
    switch (name, arguments.first) {
    case (["auth", "jwt"], nil), (["current_setting"], .string("request.jwt.claims")): return []
    case (["current_setting"], .string(let setting)) where setting.hasPrefix("request.jwt.claim."):
      return [String(setting.dropFirst("request.jwt.claim.".count))]
    case (["nullif"], _): return path(of: Array(arguments.prefix { $0 != .symbol(",") }))
    default: return nil
    }
  }

  private static func text(of literal: String) -> String {
    guard literal.count > 1, literal.hasPrefix("'"), literal.hasSuffix("'") else { return literal }
    return String(literal.dropFirst().dropLast()).replacing("''", with: "'")
  }
}
