import Schema

/// Reads what an expression of a policy means for one role: which rows of the table it admits.
///
/// Supabase's `auth.uid()`, `auth.jwt()` and `auth.email()`, PostgREST's settings `request.jwt…` and the key words
/// `CURRENT_USER` and `SESSION_USER` say who asks. A comparison of one of them with something of the row makes rows
/// *own*; one that the row has no part in, like one that knows nothing of who asks, admits *some*.
struct PolicyReader: Sendable {
  /// Which role asks.
  let role: String
  /// The table's name and columns.
  let table: ObjectIdentity
  let columns: Set<String>
  /// Functions of the project that ask who asks, by schema and name.
  let identityFunctions: Set<[String]>

  /// The role under which Supabase's API runs the requests of users who are signed in.
  static let signedIn = "authenticated"
  /// The roles that the API takes from a token, so that `auth.role()` is the role's own name.
  static let roles: Set<String> = ["anon", signedIn, "service_role"]

  private static let identityCalls: Set<[String]> = [["auth", "uid"], ["auth", "jwt"], ["auth", "email"]]
  private static let identityWords: Set<[String]> = [["current_user"], ["session_user"]]

  func share(of text: String) -> RowShare { share(of: PolicyExpression(text)) }

  func share(of expression: PolicyExpression) -> RowShare {
    switch expression {
    case .constant(let isTrue): isTrue ? .all : .nothing
    case .all(let parts): parts.reduce(.all) { $0.and(share(of: $1)) }
    case .any(let parts): parts.reduce(.nothing) { $0.or(share(of: $1)) }
    case .not(let part): share(of: part).complement
    case .condition(let condition): share(of: condition)
    }
  }

  private func share(of condition: PolicyCondition) -> RowShare {
    if let answer = roleTest(condition.plain) ?? presenceTest(condition.plain) { return answer }
    guard asksWho(condition) else { return .some }
    let isByLogin = condition.names.contains { Self.identityWords.contains($0) }
    if condition.hasSymbol("<>") || condition.names.contains(["null"]) || condition.names.contains(["not"]) {
      return .some
    }
    // Nobody is signed in, so the comparison is with NULL and admits nothing.
    if role != Self.signedIn, !isByLogin { return .nothing }
    guard !rowColumns(condition).isEmpty else { return .some }
    return isPlainComparison(condition) ? .own : .ownConditionally
  }

  private func asksWho(_ condition: PolicyCondition) -> Bool {
    condition.calls.contains { call in
      Self.identityCalls.contains(call) || identityFunctions.contains(call)
    } || condition.names.contains { Self.identityWords.contains($0) }
      || (condition.calls.contains(["current_setting"])
        && condition.strings.contains { $0.hasPrefix("request.jwt") })
  }

  /// Whether a condition asks for nothing but whose row it is; a sub-select with constants, and a function that the row
  /// goes through, may ask for more.
  private func isPlainComparison(_ condition: PolicyCondition) -> Bool {
    let calls = condition.calls.filter { !Self.identityCalls.contains($0) && $0 != ["current_setting"] }
    guard calls.isEmpty else { return false }
    return !condition.names.contains(["from"])
      || condition.strings.isEmpty && !condition.names.contains(["true"])
  }

  /// The table's columns that a condition names.
  private func rowColumns(_ condition: PolicyCondition) -> Set<String> {
    Set(
      condition.names.compactMap { name in
        switch name.count {
        case 1: columns.contains(name[0]) ? name[0] : nil
        case 2: name[0] == table.name && columns.contains(name[1]) ? name[1] : nil
        default: nil
        }
      })
  }

  /// The columns that a condition compares with who asks, without a function of the project between them.
  func comparedColumns(_ condition: PolicyCondition) -> Set<String> {
    let isDirect = condition.calls.allSatisfy { Self.identityCalls.contains($0) || $0 == ["current_setting"] }
    return isDirect && asksWho(condition) ? rowColumns(condition) : []
  }

  /// `auth.role() = 'authenticated'` and its like, which the role decides alone.
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
    guard Self.roles.contains(role), items.count > 1 else { return nil }
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

  /// `auth.uid() IS NOT NULL`: whether anybody is signed in.
  private func presenceTest(_ items: [ExpressionItem]) -> RowShare? {
    guard items.count >= 4, items[0] == .name(["auth", "uid"]), items[1] == .group([]), items[2].isWord("is")
    else { return nil }
    let isSignedIn = role == Self.signedIn
    if items[3].isWord("null"), items.count == 4 { return isSignedIn ? .nothing : .all }
    if items.count == 5, items[3].isWord("not"), items[4].isWord("null") {
      return isSignedIn ? .all : .nothing
    }
    return nil
  }
}
