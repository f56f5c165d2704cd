import Schema

/// Row security of tables (PostgreSQL documentation, 5.9 Row Security Policies, and CREATE POLICY).
extension AccessMatrix {
  /// The policies of a table that count for a role and a command: those for the command or for ALL, and, for UPDATE
  /// and DELETE that look for their rows, those for SELECT as well.
  struct ApplicablePolicies {
    var permissive: [SchemaObject]
    var restrictive: [SchemaObject]
  }

  /// Why row security does not apply to a role on a table, or nil if it does.
  func exemption(_ table: ObjectIdentity, role: String) -> AccessReason? {
    guard let schema = table.schema, snapshot.contains(.rowSecurity(schema, table.name)) else {
      return AccessReason(.rowSecurity, "row security is off on \(table.qualifiedName)", object: table)
    }
    if rights.isSuperuser(role) {
      return AccessReason(.rowSecurity, "row security does not apply to \(role), a superuser", object: table)
    }
    if rights.bypassesRowSecurity(role) {
      return AccessReason(
        .rowSecurity, "row security does not apply to \(role), which has BYPASSRLS", object: table)
    }
    if let owner = snapshot[table]?.owner, rights.hasPrivileges(role, of: owner),
      !snapshot.contains(.forcedRowSecurity(schema, table.name))
    {
      let who =
        role == owner ? "\(role), the table's owner" : "\(role), a member of the table's owner \(owner)"
      return AccessReason(
        .rowSecurity, "row security does not apply to \(who): it is not forced", object: table)
    }
    return nil
  }

  /// Whether row security is on at all.
  func hasRowSecurity(_ table: ObjectIdentity) -> Bool {
    table.schema.map { snapshot.contains(.rowSecurity($0, table.name)) } ?? false
  }

  /// The policies for one command and role, permissive and restrictive.
  func applicable(_ table: ObjectIdentity, _ command: AccessCommand, role: String) -> ApplicablePolicies {
    var result = ApplicablePolicies(permissive: [], restrictive: [])
    for policy in policies(on: table) {
      guard case .policy(let detail) = policy.detail,
        detail.command == "ALL" || detail.command == command.rawValue,
        detail.roles.contains(where: { $0 == AccessFacts.everyone || rights.hasPrivileges(role, of: $0) })
      else { continue }
      if detail.isPermissive { result.permissive.append(policy) } else { result.restrictive.append(policy) }
    }
    return result
  }

  /// What row security leaves of a table's rows.
  func rowSecurityCell(_ table: ObjectIdentity, _ command: AccessCommand, as asker: AccessAsker) -> AccessCell
  {
    let role = asker.role
    if let exemption = exemption(table, role: role) {
      return AccessCell(hasRowSecurity(table) ? .bypass : .all, because: [exemption])
    }
    var reasons: [AccessReason] = [
      AccessReason(.rowSecurity, "row security is on and applies to \(role)", object: table)
    ]
    var share = RowShare.all
    var hasPolicy = true
    // UPDATE and DELETE find their rows by reading, so what may not be read is not found.
    let steps: [AccessCommand] = command == .update || command == .delete ? [.select, command] : [command]
    for step in steps {
      let policies = applicable(table, step, role: role)
      if policies.permissive.isEmpty {
        hasPolicy = false
        let others = policies.restrictive.isEmpty ? "" : ", only restrictive ones, which let nobody in"
        reasons.append(
          AccessReason(.rowSecurity, "no permissive policy for \(step.rawValue) applies to \(role)\(others)"))
      }
      share = share.and(self.share(policies, of: table, step, as: asker, &reasons))
    }
    if share != .nothing, hasPolicy,
      let obstacle = policyObstacle(table, command, as: asker)
    {
      return AccessCell(.error, because: reasons + [obstacle])
    }
    if command == .insert, share != .nothing, rowShare(table, .select, as: asker) == .nothing {
      reasons.append(
        AccessReason(
          .note, "no policy for SELECT admits a row: INSERT … RETURNING fails, as the API sends it"))
    }
    switch share {
    case .all: return AccessCell(.all, because: reasons)
    case .own: return AccessCell(.own, because: reasons)
    case .ownConditionally:
      reasons.append(AccessReason(.note, "the policies ask for more than whose row it is"))
      return AccessCell(.own, because: reasons, hasFurtherConditions: true)
    case .some: return AccessCell(.some, because: reasons)
    case .nothing:
      if hasPolicy {
        reasons.append(AccessReason(.note, "none of these policies admits a row to \(role)"))
      }
      return AccessCell(.noPolicy, because: reasons)
    }
  }

  /// The rows that the policies for one command alone leave to somebody to whom row security applies.
  func rowShare(_ table: ObjectIdentity, _ command: AccessCommand, as asker: AccessAsker) -> RowShare {
    var reasons: [AccessReason] = []
    return share(
      applicable(table, command, role: asker.role), of: table, command, as: asker, &reasons)
  }

  private func share(
    _ policies: ApplicablePolicies, of table: ObjectIdentity, _ command: AccessCommand,
    as asker: AccessAsker, _ reasons: inout [AccessReason]
  ) -> RowShare {
    let reader = reader(table, as: asker)
    var old = RowShare.nothing
    var new = RowShare.nothing
    for policy in policies.permissive {
      let (using, check) = shares(policy, command, reader, &reasons)
      old = old.or(using)
      new = new.or(check)
    }
    for policy in policies.restrictive {
      let (using, check) = shares(policy, command, reader, &reasons)
      old = old.and(using)
      new = new.and(check)
    }
    switch command {
    case .insert: return new
    case .update:
      if [.own, .ownConditionally].contains(old), new == .all {
        reasons.append(AccessReason(.note, "WITH CHECK admits every row: a row can be given away"))
      }
      return old.and(new)
    default: return old
    }
  }

  /// What a policy says of the rows that are there and of those that come; without WITH CHECK, USING says both.
  private func shares(
    _ policy: SchemaObject, _ command: AccessCommand, _ reader: PolicyReader, _ reasons: inout [AccessReason]
  ) -> (using: RowShare, check: RowShare) {
    guard case .policy(let detail) = policy.detail else { return (.nothing, .nothing) }
    let check = detail.check ?? detail.using
    var parts: [String] = []
    if command != .insert, let using = detail.using { parts.append("USING \(using)") }
    if command == .insert || (command == .update && detail.check != nil), let check {
      parts.append("WITH CHECK \(check)")
    }
    let word = detail.isPermissive ? "permissive" : "restrictive"
    reasons.append(
      AccessReason(
        .policy,
        "\(word) policy \(Identifier.quoted(policy.identity.name)) for \(detail.command): \(parts.joined(separator: " "))",
        object: policy.identity))
    return Self.shares(detail, reader)
  }

  /// What a policy's expressions admit of the rows that are there and of those that come.
  ///
  /// A permissive policy without the expression in question adds nothing, a restrictive one takes nothing away
  /// (`add_security_quals` and `add_with_check_options` in `rowsecurity.c`).
  static func shares(_ detail: PolicyDetail, _ reader: PolicyReader) -> (using: RowShare, check: RowShare) {
    let absent: RowShare = detail.isPermissive ? .nothing : .all
    return (
      detail.using.map(reader.share) ?? absent, (detail.check ?? detail.using).map(reader.share) ?? absent
    )
  }
}
