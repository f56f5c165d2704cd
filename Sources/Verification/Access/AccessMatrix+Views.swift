import Schema

/// Views (PostgreSQL documentation, CREATE VIEW): what they read is read with the rights of their owner, or with
/// `security_invoker` with those of who asks.
extension AccessMatrix {
  /// With whose rights a view reads, when a role asks.
  func viewReader(_ view: ObjectIdentity, role: String) -> String {
    guard case .relation(let detail)? = snapshot[view]?.detail, !detail.isSecurityInvoker,
      let owner = snapshot[view]?.owner
    else { return role }
    return owner
  }

  func viewCell(_ view: ObjectIdentity, _ command: AccessCommand, role: String) -> AccessCell {
    let facts = snapshot.access.views[view] ?? AccessFacts.View(reads: [])
    if command != .select, !facts.possibleCommands.contains(command.rawValue) {
      return AccessCell(
        .impossible,
        because: [
          AccessReason(
            .note, "the view is not updatable: \(command.rawValue) does not work on it", object: view)
        ])
    }
    guard let holding = rights.holding(command.rawValue, on: view, by: role) else {
      return noGrant(view, command, role: role)
    }
    let asker = viewReader(view, role: role)
    var reasons = [
      AccessReason(.privilege, holding.reason, object: view),
      AccessReason(
        .rights,
        asker == role
          ? "what the view reads is read with the rights of \(role)"
          : "what the view reads is read with the rights of its owner, \(asker)", object: view),
    ]
    if command != .select, !facts.updatableCommands.contains(command.rawValue) {
      reasons.append(AccessReason(.note, "a trigger or rule of the view decides", object: view))
      return AccessCell(.some, because: reasons, columns: holding.columns)
    }
    var values: [AccessValue] = []
    for base in facts.reads {
      let cell = rowsCell(base, command, role: asker)
      reasons += cell.reasons.map { reason in
        AccessReason(reason.kind, "\(base.qualifiedName): \(reason.text)", object: reason.object ?? base)
      }
      values.append(cell.value == .noGrant ? .error : cell.value)
    }
    var value = Self.least(values)
    if let own = conditionShare(view, role: role) {
      reasons.append(AccessReason(.note, "the view's own query compares with who asks", object: view))
      if [.all, .bypass, .some].contains(value) { value = own }
    }
    return AccessCell(value, because: reasons, columns: holding.columns)
  }

  /// What is left where several tables are read together.
  static func least(_ values: [AccessValue]) -> AccessValue {
    let order: [AccessValue] = [.error, .impossible, .noGrant, .noPolicy, .own, .some]
    if let found = order.first(where: values.contains) { return found }
    return values.contains(.bypass) ? .bypass : .all
  }

  /// What a view's own condition leaves, if it asks who asks.
  private func conditionShare(_ view: ObjectIdentity, role: String) -> AccessValue? {
    guard let definition = snapshot[view]?.definition else { return nil }
    let condition = PolicyCondition(ExpressionItem.items(of: definition))
    let asks = condition.calls.contains { call in
      [["auth", "uid"], ["auth", "jwt"], ["auth", "email"]].contains(call) || identityFunctions.contains(call)
    }
    guard asks else { return nil }
    return role == PolicyReader.signedIn ? .own : .some
  }
}
