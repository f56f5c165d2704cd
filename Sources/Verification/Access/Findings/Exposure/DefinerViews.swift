import Schema

/// Views that show visitors what their owner may see.
struct DefinerViews: Advisor {
  /// The first version with `security_invoker`.
  private static let firstVersion = 150_000

  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    let snapshot = database.snapshot
    return snapshot.objects(of: .view).map(\.identity).flatMap { view -> [AccessFinding] in
      let roles = database.visitors(on: view)
      guard !roles.isEmpty, !snapshot.isPlatform(view),
        case .relation(let detail)? = snapshot[view]?.detail, let owner = snapshot[view]?.owner
      else { return [] }
      let tables = database.matrix.tables(beneath: view, withRightsOfOwner: true)
      let name = view.qualifiedName
      let revoke = "REVOKE ALL ON \(name) FROM \(roles.quotedList);"
      var found: [AccessFinding] = []
      if !detail.isSecurityInvoker, tables.contains(.table("auth", "users")) {
        found.append(
          AccessFinding(
            .authUsersExposed, .failure, view,
            "\(name) shows \(roles.wordList) rows of auth.users", fix: AccessFix(revoke)))
      }
      // What it reads through views with security_invoker alone is what the visitors may see themselves.
      let readsNothingItself = tables.isEmpty && !database.matrix.tables(beneath: view).isEmpty
      guard !detail.isSecurityInvoker, !readsNothingItself else { return found }
      let passed = tables.filter { table in
        database.hasRowSecurity(table) && database.matrix.exemption(table, role: owner) != nil
      }
      let asks = database.matrix.identityFunctions.areCalled(
        in: PolicyCondition(ExpressionItem.items(of: snapshot[view]?.definition ?? "")))
      let past = passed.isEmpty ? "" : ", past the row security of \(passed.map(\.qualifiedName).wordList)"
      let still = asks ? ": only its own conditions keep their rows apart" : ""
      let hasInvoker = snapshot.serverVersion >= Self.firstVersion
      found.append(
        AccessFinding(
          .definerView, passed.isEmpty || asks ? .warning : .failure, view,
          "\(name) shows \(roles.wordList) what its owner \(owner) may see\(past)\(still)",
          fix: AccessFix(hasInvoker ? "ALTER VIEW \(name) SET (security_invoker = true);" : revoke)))
      return found
    }
  }
}
