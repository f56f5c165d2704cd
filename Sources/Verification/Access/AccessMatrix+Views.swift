import Schema

/// Views (PostgreSQL documentation, CREATE VIEW): what they read is read with the rights of their owner, or with
/// `security_invoker` with those of who asks.
extension AccessMatrix {
  /// Who reads what a view reads, when somebody asks.
  ///
  /// `security_invoker` goes by the session, even where another view stands between it and the view.
  func viewReader(_ view: ObjectIdentity, for asker: AccessAsker) -> AccessAsker {
    guard case .relation(let detail)? = snapshot[view]?.detail, let owner = snapshot[view]?.owner else {
      return asker
    }
    return asker.with(rightsOf: detail.isSecurityInvoker ? asker.session : owner)
  }

  func viewCell(_ view: ObjectIdentity, _ command: AccessCommand, as asker: AccessAsker) -> AccessCell {
    let facts = snapshot.access.views[view] ?? AccessFacts.View(reads: [])
    if command != .select, !facts.possibleCommands.contains(command.rawValue) {
      return AccessCell(
        .impossible,
        because: [
          AccessReason(
            .note, "the view is not updatable: \(command.rawValue) does not work on it", object: view)
        ])
    }
    guard let holding = rights.holding(command.rawValue, on: view, by: asker.role) else {
      return noGrant(view, command, role: asker.role)
    }
    let reader = viewReader(view, for: asker)
    var reasons = [
      AccessReason(.privilege, holding.reason, object: view),
      AccessReason(
        .rights,
        reader.role == asker.role
          ? "what the view reads is read with the rights of \(asker.role)"
          : "what the view reads is read with the rights of its owner, \(reader.role)", object: view),
    ]
    if command != .select, !facts.updatableCommands.contains(command.rawValue) {
      reasons.append(AccessReason(.note, "a trigger or rule of the view decides", object: view))
      return AccessCell(.some, because: reasons, columns: holding.columns)
    }
    let definition = snapshot[view]?.definition ?? ""
    if let function = refusedFunction(
      in: PolicyCondition(ExpressionItem.items(of: definition)), session: asker.session)
    {
      reasons.append(
        AccessReason(
          .obstacle, "the view calls \(function.qualifiedName), which \(asker.session) may not execute",
          object: function, missing: .init("EXECUTE", on: function, for: asker.session)))
      return AccessCell(.error, because: reasons, columns: holding.columns)
    }
    var cell = beneath(view, ViewQuery(definition), command, facts, as: reader)
    cell.reasons = reasons + cell.reasons
    cell.columns = holding.columns
    return cell
  }

  /// What is left of the relations beneath a view, and by its own condition.
  private func beneath(
    _ view: ObjectIdentity, _ query: ViewQuery, _ command: AccessCommand, _ facts: AccessFacts.View,
    as reader: AccessAsker
  ) -> AccessCell {
    let source = query.source.flatMap { relationsByName[.table($0[0], $0[1])] }
    var reasons: [AccessReason] = []
    var cells: [(relation: ObjectIdentity, cell: AccessCell)] = []
    for base in facts.reads {
      // A command on a view is carried over to the relation behind FROM; all else is only read.
      let step = base == source || facts.reads.count == 1 ? command : .select
      var cell = rowsCell(base, step, as: reader)
      if let refusal = columnObstacle(base, step, facts, cell, role: reader.role) {
        cell = AccessCell(.error, because: [refusal])
      }
      if cell.value == .noGrant {
        cell.value = .error
        cell.reasons = [
          AccessReason(
            .obstacle, "the view needs \(step.rawValue), which \(reader.role) does not have",
            object: base, missing: .init(step.rawValue, on: base, for: reader.role))
        ]
      }
      reasons += cell.reasons.map { reason in
        AccessReason(
          reason.kind, "\(base.qualifiedName): \(reason.text)", object: reason.object ?? base,
          missing: reason.missing)
      }
      cells.append((base, cell))
    }
    var result = Self.joined(cells.map(\.cell), source: cells.first { $0.relation == source }?.cell, query)
    result.reasons = reasons
    guard command != .insert || facts.checksOption else { return result }
    guard let items = query.condition else {
      if let own = conditionShare(view, session: reader.session) {
        result.reasons.append(
          AccessReason(.note, "the view's own query compares with who asks", object: view))
        if [.all, .bypass, .some].contains(result.value) { result.value = own }
      }
      return result
    }
    var policyReader = conditionReader(view, over: facts.reads, as: reader)
    policyReader.acceptsAnyPrefix = true
    return narrow(result, by: policyReader.share(of: PolicyExpression(items: items)), view)
  }

  /// A reader of the view's own condition.
  private func conditionReader(
    _ view: ObjectIdentity, over relations: [ObjectIdentity], as asker: AccessAsker
  ) -> PolicyReader {
    PolicyReader(
      role: asker.session, table: view,
      columns: relations.reduce(into: []) { $0.formUnion(columns(of: $1)) },
      identityFunctions: identityFunctions)
  }

  /// What a view's own condition leaves of what is beneath.
  private func narrow(_ cell: AccessCell, by share: RowShare, _ view: ObjectIdentity) -> AccessCell {
    var result = cell
    switch (cell.value, share) {
    case (.error, _), (.impossible, _), (.noGrant, _), (.noPolicy, _), (_, .all): return cell
    case (_, .nothing): result.value = .noPolicy
    case (.own, .own): return cell
    case (.own, _): result.hasFurtherConditions = true
    case (_, .own): result.value = .own
    case (_, .ownConditionally):
      result.value = .own
      result.hasFurtherConditions = true
    case (.all, .some), (.bypass, .some), (.some, .some):
      // The rows that the view picks are all that there is of it.
      return cell
    }
    result.reasons.append(
      AccessReason(
        .note,
        share == .some ? "the view's own condition leaves fewer" : "the view's own condition asks who asks",
        object: view))
    return result
  }

  /// What comes of several relations that are read together.
  ///
  /// What an outer join or a sub-select finds empty does not empty the view.
  private static func joined(_ cells: [AccessCell], source: AccessCell?, _ query: ViewQuery) -> AccessCell {
    let values = cells.map(\.value)
    var result = AccessCell(least(values), because: [])
    result.hasFurtherConditions = cells.contains(where: \.hasFurtherConditions)
    guard result.value != .error, !query.joinsInside, Set(values).count > 1 else { return result }
    if let source {
      result.value = source.value
      result.hasFurtherConditions = true
    } else {
      result.value = .some
    }
    return result
  }

  /// What is left where several tables are joined.
  static func least(_ values: [AccessValue]) -> AccessValue {
    let order: [AccessValue] = [.error, .impossible, .noGrant, .noPolicy, .own, .some]
    if let found = order.first(where: values.contains) { return found }
    return values.contains(.bypass) ? .bypass : .all
  }

  /// A privilege on some columns of a table is not enough for a view that reads others.
  private func columnObstacle(
    _ base: ObjectIdentity, _ command: AccessCommand, _ facts: AccessFacts.View, _ cell: AccessCell,
    role: String
  ) -> AccessReason? {
    guard command == .select, let columns = cell.columns else { return nil }
    let missing = facts.readColumns.filter { $0.table == base.relationName && !columns.contains($0.name) }
    guard let first = missing.min() else { return nil }
    return AccessReason(
      .obstacle, "the view reads column \(Identifier.quoted(first.name)), which \(role) may not",
      object: first, missing: .init("SELECT", on: first, for: role))
  }

  /// A materialized view holds what its owner saw when it was last refreshed.
  func materializedViewCell(
    _ view: ObjectIdentity, _ command: AccessCommand, as asker: AccessAsker
  ) -> AccessCell {
    guard command == .select else {
      return AccessCell(
        .impossible, because: [AccessReason(.note, "a materialized view is only read and refreshed")])
    }
    guard let holding = rights.holding(command.rawValue, on: view, by: asker.role) else {
      return noGrant(view, command, role: asker.role)
    }
    let guarded = tables(beneath: view).filter(hasRowSecurity).map(\.qualifiedName)
    let owner = snapshot[view]?.owner ?? "its owner"
    var reasons = [
      AccessReason(.privilege, holding.reason, object: view),
      AccessReason(.rights, "it holds what \(owner) saw when it was last refreshed", object: view),
    ]
    if !guarded.isEmpty {
      reasons.append(
        AccessReason(
          .rowSecurity, "the row security of \(guarded.joined(separator: ", ")) does not reach it",
          object: view))
    }
    return AccessCell(guarded.isEmpty ? .all : .bypass, because: reasons, columns: holding.columns)
  }

  /// The tables that a view reads, through other views as well, in order.
  ///
  /// - Parameter withRightsOfOwner: without those that it reads through a view with `security_invoker`, which goes by the
  ///   rights of whoever asks, even behind a view without it.
  func tables(beneath view: ObjectIdentity, withRightsOfOwner: Bool = false) -> [ObjectIdentity] {
    var seen: Set<ObjectIdentity> = [view]
    var next = snapshot.access.views[view]?.reads ?? []
    var found: Set<ObjectIdentity> = []
    while let relation = next.popLast() {
      guard seen.insert(relation).inserted else { continue }
      if withRightsOfOwner, case .relation(let detail)? = snapshot[relation]?.detail, detail.isSecurityInvoker
      {
        continue
      }
      if let reads = snapshot.access.views[relation]?.reads { next += reads } else { found.insert(relation) }
    }
    return found.sorted()
  }

  /// What a view's own query leaves, if it asks who asks somewhere in it.
  private func conditionShare(_ view: ObjectIdentity, session: String) -> AccessValue? {
    guard let definition = snapshot[view]?.definition else { return nil }
    let condition = PolicyCondition(ExpressionItem.items(of: definition))
    guard identityFunctions.areCalled(in: condition) else { return nil }
    return session == PolicyReader.signedIn ? .own : .some
  }
}
