import Migrations
import Schema

/// Claims about what single objects are like.
extension ExpectationJudge {
  func judgePresence(_ object: ObjectIdentity) -> Judgement {
    guard let found = find(object) else { return missing(object) }
    if case .index(let index) = found.detail, !index.isValid {
      return Judgement(
        code: FindingCode.expectationIndex, object: object,
        message: "\(object) is there, but invalid: no query uses it")
    }
    return Judgement(object: object, message: "\(object) is there")
  }

  func judgeForcedRowSecurity(_ table: ObjectIdentity, isForced: Bool) -> Judgement {
    guard let schema = table.schema, !isWithoutRelation(table) else { return missing(table) }
    let flag = ObjectIdentity.forcedRowSecurity(schema, table.name)
    let isOn = snapshot.contains(flag)
    let words = "row security on \(table.qualifiedName) is \(isOn ? "" : "not ")forced on its owner"
    if isOn == isForced { return Judgement(object: flag, message: words) }
    return Judgement(
      code: FindingCode.expectationForcedRowSecurity, object: flag,
      message: "\(words), expected is that it is\(isForced ? "" : " not")")
  }

  func judgePolicy(_ policy: ObjectIdentity, command: String?, roles: [String]?) -> Judgement {
    guard let found = find(policy), case .policy(let detail) = found.detail else { return missing(policy) }
    if let command, command != detail.command.uppercased() {
      return Judgement(
        code: FindingCode.expectationPolicy, object: policy,
        message: "\(policy) is for \(detail.command), expected is \(command)")
    }
    // Without TO a policy is for everyone.
    let given = Set(detail.roles.isEmpty ? ["public"] : detail.roles)
    if let roles, Set(roles) != given {
      return Judgement(
        code: FindingCode.expectationPolicy, object: policy,
        message: "\(policy) is for \(list(given)), expected is \(list(Set(roles)))")
    }
    return Judgement(object: policy, message: "\(policy) is there for \(detail.command) to \(list(given))")
  }

  func judgeTrigger(_ trigger: ObjectIdentity, isEnabled: Bool) -> Judgement {
    guard let found = find(trigger), case .trigger(let detail) = found.detail else {
      return missing(trigger)
    }
    // A trigger that fires on replicas only does not fire here.
    let fires = detail.enabled == "O" || detail.enabled == "A"
    let words = "\(trigger) is \(fires ? "enabled" : "disabled")"
    if fires == isEnabled { return Judgement(object: trigger, message: words) }
    return Judgement(
      code: FindingCode.expectationTrigger, object: trigger,
      message: "\(words), expected is \(isEnabled ? "enabled" : "disabled")")
  }

  func judgeCount(_ count: ObjectCount) -> Judgement {
    let found = snapshot.objects.values.count { object in
      object.identity.kind == count.kind
        && (object.identity.schema == count.schema || object.identity.schema == nil)
        && (count.includesImplicit || !isImplicit(object))
        && (count.table.map { belongs(object, to: $0, in: count.schema) } ?? true)
    }
    let place = count.table.map { "table \(count.schema).\($0)" } ?? "schema \(count.schema)"
    let words = "\(place) has \(found) of kind \(count.kind.rawValue)"
    if found == count.expected { return Judgement(message: words) }
    return Judgement(
      code: FindingCode.expectationCount, message: "\(words), expected are \(count.expected)")
  }

  private func belongs(_ object: SchemaObject, to table: String, in schema: String) -> Bool {
    switch object.detail {
    case .index(let index): index.table.name == table && index.table.schema == schema
    case .sequence(let sequence): sequence.ownedBy?.table == .table(schema, table)
    default: object.identity.parent == table
    }
  }

  /// Whether an object came with another that somebody wrote down.
  private func isImplicit(_ object: SchemaObject) -> Bool {
    switch object.detail {
    case .index(let index): index.constraint != nil
    case .sequence(let sequence): sequence.ownedBy != nil
    case .constraint(let constraint): constraint.kind == .notNull
    default: false
    }
  }

  private func list(_ names: Set<String>) -> String { names.sorted().joined(separator: ", ") }
}
