import Schema

/// What makes a policy fail instead of admitting or refusing rows.
extension AccessMatrix {
  /// Why a command fails, or nil if it does not: a function or table that the role may not use, or a policy that
  /// reads its own table.
  func policyObstacle(
    _ table: ObjectIdentity, _ command: AccessCommand, as asker: AccessAsker
  ) -> AccessReason? {
    for policy in readPolicies(table, command, role: asker.role) {
      for expression in texts(policy, command) {
        let condition = PolicyCondition(ExpressionItem.items(of: expression))
        let name = "policy \(Identifier.quoted(policy.identity.name))"
        if let obstacle = privilegeObstacle(condition, of: policy.identity, name, as: asker) {
          return obstacle
        }
      }
    }
    return recursion(table, command, role: asker.role, active: [])
  }

  private func readPolicies(
    _ table: ObjectIdentity, _ command: AccessCommand, role: String
  ) -> [SchemaObject] {
    let steps: [AccessCommand] = command == .update || command == .delete ? [command, .select] : [command]
    return steps.flatMap { step in
      let policies = applicable(table, step, role: role)
      return policies.permissive + policies.restrictive
    }
  }

  private func texts(_ policy: SchemaObject, _ command: AccessCommand) -> [String] {
    guard case .policy(let detail) = policy.detail else { return [] }
    let using = command == .insert && detail.check != nil ? nil : detail.using
    let check = command == .insert || command == .update ? detail.check : nil
    return [using, check].compactMap { $0 }
  }

  /// A policy's functions are called in the session's role, its tables read with the rights of who asks (CREATE POLICY,
  /// Notes; CREATE VIEW, Notes).
  private func privilegeObstacle(
    _ condition: PolicyCondition, of policy: ObjectIdentity, _ name: String, as asker: AccessAsker
  ) -> AccessReason? {
    if let function = refusedFunction(in: condition, session: asker.session) {
      return AccessReason(
        .obstacle, "\(name) calls \(function.qualifiedName), which \(asker.session) may not execute",
        object: policy, missing: AccessReason.Missing("EXECUTE", on: function, for: asker.session))
    }
    for relation in relations(in: condition)
    where rights.holding("SELECT", on: relation, by: asker.role) == nil {
      return AccessReason(
        .obstacle, "\(name) reads \(relation.qualifiedName), which \(asker.role) may not", object: policy,
        missing: AccessReason.Missing("SELECT", on: relation, for: asker.role))
    }
    return nil
  }

  /// A function of the project that a condition calls and the session may not.
  func refusedFunction(in condition: PolicyCondition, session: String) -> ObjectIdentity? {
    for call in condition.calls where call.count == 2 {
      let candidates = functions[call] ?? []
      if let first = candidates.sorted().first,
        !candidates.contains(where: { rights.holding("EXECUTE", on: $0, by: session) != nil })
      {
        return first
      }
    }
    return nil
  }

  /// The relations that a policy's sub-selects read.
  func relations(in condition: PolicyCondition) -> [ObjectIdentity] {
    Set(
      condition.names.compactMap { name in
        name.count == 2 ? relationsByName[.table(name[0], name[1])] : nil
      }
    ).sorted()
  }

  /// The server expands the policies of what a policy's sub-selects read, and gives up where it comes back to a table
  /// that it is expanding (SQLSTATE 42P17).
  private func recursion(
    _ relation: ObjectIdentity, _ command: AccessCommand, role: String, active: [ObjectIdentity]
  ) -> AccessReason? {
    if relation.kind == .view {
      guard let view = snapshot.access.views[relation] else { return nil }
      let reader = viewReader(relation, for: AccessAsker(role))
      for base in view.reads {
        if let found = recursion(base, .select, role: reader.role, active: active) { return found }
      }
      return nil
    }
    guard exemption(relation, role: role) == nil else { return nil }
    let conditions = readPolicies(relation, command, role: role)
      .flatMap { policy in texts(policy, command).map { PolicyCondition(ExpressionItem.items(of: $0)) } }
    guard conditions.contains(where: \.hasSubselect) else { return nil }
    if active.contains(relation) {
      return AccessReason(
        .obstacle,
        "the policies of \(relation.qualifiedName) read \(relation.qualifiedName) again: infinite recursion",
        object: relation)
    }
    for next in Set(conditions.flatMap { relations(in: $0) }).sorted() {
      if let found = recursion(next, .select, role: role, active: active + [relation]) { return found }
    }
    return nil
  }
}
