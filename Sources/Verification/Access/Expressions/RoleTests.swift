/// What the role alone decides: `auth.role() = 'authenticated'`, `auth.uid() IS NOT NULL` and their like.
struct RoleTests: Sendable {
  /// Which role asks.
  let role: String

  /// All or nothing, or nil for a condition that the role does not decide.
  func answer(to items: [ExpressionItem]) -> RowShare? { roleTest(items) ?? presenceTest(items) }

  private func roleTest(_ items: [ExpressionItem]) -> RowShare? {
    guard let end = roleSource(items), end < items.count, case .symbol(let symbol) = items[end] else {
      return nil
    }
    let rest = Array(items[(end + 1)...])
    let values: [String]
    switch rest.first {
    case .string(let value) where rest.count == 1: values = [value]
    case .name(["any"]) where rest.count == 2:
      guard case .group(let list) = rest[1] else { return nil }
      values = list.compactMap { if case .string(let value) = $0 { value } else { nil } }
      guard !values.isEmpty else { return nil }
    default: return nil
    }
    switch symbol {
    case "=": return values.contains(role) ? .all : .nothing
    case "<>" where rest.count == 1: return values.contains(role) ? .nothing : .all
    default: return nil
    }
  }

  /// Where an expression for the role's own name ends, if one stands at the start.
  private func roleSource(_ items: [ExpressionItem]) -> Int? {
    if items.first == .name(["current_user"]) { return 1 }
    guard PolicyReader.roles.contains(role), items.count > 1 else { return nil }
    if items[0] == .name(["auth", "role"]), case .group(let arguments) = items[1], arguments.isEmpty {
      return 2
    }
    let fromToken: [ExpressionItem] = [
      .name(["auth", "jwt"]), .group([]), .symbol("->>"), .string("role"),
    ]
    if case .group(let inner) = items[0], inner == fromToken { return 1 }
    if items[0] == .name(["current_setting"]), case .group(let arguments) = items[1],
      arguments.first == .string("request.jwt.claim.role")
    {
      return 2
    }
    return nil
  }

  /// `auth.uid() IS NOT NULL`: whether anybody is signed in; `auth.jwt() IS NOT NULL`: whether there is a token at all,
  /// which the API makes even for `anon`.
  private func presenceTest(_ items: [ExpressionItem]) -> RowShare? {
    guard let end = items.firstIndex(where: { $0.isWord("is") }) else { return nil }
    let isThere: Bool
    switch Array(items[..<end]) {
    case [.name(["auth", "uid"]), .group([])], [.name(["auth", "email"]), .group([])]:
      isThere = role == PolicyReader.signedIn
    case [.group([.name(["auth", "jwt"]), .group([]), .symbol("->>"), .string("sub")])]:
      isThere = role == PolicyReader.signedIn
    case [.name(["auth", "jwt"]), .group([])], [.name(["auth", "role"]), .group([])]:
      isThere = PolicyReader.roles.contains(role)
    default: return nil
    }
    switch Array(items[(end + 1)...]) {
    case [.name(["null"])]: return isThere ? .nothing : .all
    case [.name(["not"]), .name(["null"])]: return isThere ? .all : .nothing
    default: return nil
    }
  }
}
