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
  /// Whether a column may have any name before it, as in the query of a view.
  var acceptsAnyPrefix = false
  /// Functions of the project that ask who asks, by schema and name.
  let identityFunctions: IdentityFunctions
  /// What is left by what a condition's sub-selects read: nothing, or own rows; nil if that is not decided there.
  var shareOfSubselects: @Sendable (PolicyCondition) -> RowShare? = { _ in nil }

  /// The role under which Supabase's API runs the requests of users who are signed in.
  static let signedIn = "authenticated"
  /// The roles that the API takes from a token, so that `auth.role()` is the role's own name.
  static let roles: Set<String> = ["anon", signedIn, "service_role"]

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
    let tests = RoleTests(role: role)
    if let answer = tests.answer(to: condition.plain) { return answer }
    if let sides = condition.equalSides {
      return asksWho(condition) || !rowColumns(condition).isEmpty || !condition.names.isEmpty ? .some : sides
    }
    let isNegated =
      condition.hasSymbol("<>") || condition.names.contains(["null"]) || condition.names.contains(["not"])
      || condition.names.contains(["distinct"]) || condition.names.contains(["case"])
      || condition.calls.contains(["coalesce"])
    let left = isNegated ? nil : shareOfSubselects(condition)
    if left == .nothing { return .nothing }
    guard asksWho(condition) else { return rowColumns(condition).isEmpty ? .some : left ?? .some }
    if isNegated || !isAskedEverywhere(condition.items) { return .some }
    let isByLogin = condition.names.contains { Self.identityWords.contains($0) }
    // Nobody is signed in, so the comparison is with NULL and admits nothing.
    if role != Self.signedIn, !isByLogin {
      return condition.calls.contains(where: identityFunctions.answerAnybody.contains) ? .some : .nothing
    }
    guard !rowColumns(condition).isEmpty else { return .some }
    if !condition.names.contains(["from"]), condition.hasOrderComparison { return .some }
    return isPlainComparison(condition) ? .own : .ownConditionally
  }

  private static let identityCalls: Set<[String]> = IdentityFunctions.platform
  private static let identityWords: Set<[String]> = [["current_user"], ["session_user"]]

  /// Whether a condition asks who asks.
  func asksWho(_ condition: PolicyCondition) -> Bool { identityFunctions.areCalled(in: condition) }

  /// Whether wherever alternatives stand inside a sub-select, each of them asks who asks.
  private func isAskedEverywhere(_ items: [ExpressionItem]) -> Bool {
    items.allSatisfy { item in
      guard case .group(let inner) = item else { return true }
      guard inner.contains(where: { $0.isWord("or") }) else { return isAskedEverywhere(inner) }
      return inner.split(whereSeparator: { $0.isWord("or") }).allSatisfy { branch in
        asksWho(PolicyCondition(Array(branch)))
      }
    }
  }

  /// Whether a condition asks for nothing but whose row it is; a sub-select with constants, and a function that the row
  /// goes through, may ask for more.
  private func isPlainComparison(_ condition: PolicyCondition) -> Bool {
    let calls = condition.calls.filter { !Self.identityCalls.contains($0) && $0 != ["current_setting"] }
    guard calls.isEmpty else { return false }
    return !condition.names.contains(["from"])
      || condition.strings.isEmpty && !condition.names.contains(["true"]) && !condition.hasOrderComparison
  }

  /// The table's columns that a condition names.
  func rowColumns(_ condition: PolicyCondition) -> Set<String> {
    Set(
      condition.names.compactMap { name in
        switch name.count {
        case 1: columns.contains(name[0]) ? name[0] : nil
        case 2:
          (acceptsAnyPrefix || name[0] == table.name) && columns.contains(name[1]) ? name[1] : nil
        case 3:
          name[0] == table.schema && name[1] == table.name && columns.contains(name[2]) ? name[2] : nil
        default: nil
        }
      })
  }

  /// The columns that a condition compares with who asks, without a function of the project between them.
  func comparedColumns(_ condition: PolicyCondition) -> Set<String> {
    let isDirect = condition.calls.allSatisfy { Self.identityCalls.contains($0) || $0 == ["current_setting"] }
    return isDirect && asksWho(condition) ? rowColumns(condition) : []
  }
}
