import Schema
import Script

/// What belongs to tables, as the files leave it.
extension ExpectedDefinition {
  func policyReading(_ policy: PolicyDetail) -> DefinitionReading {
    var reading = DefinitionReading(parts: DefinitionParts.policy(policy))
    for alteration in account.alterations {
      guard let changes = DefinitionReader.policyChange(alteration.clause ?? "") else {
        for name in ["roles", "USING", "WITH CHECK"] {
          reading.doubt(name, "a later ALTER POLICY cannot be read")
        }
        continue
      }
      for change in changes { reading.set(change.name, change.value, by: alteration) }
    }
    if case .word(let roles)? = reading.part("roles"),
      roles.range(ofMark: "CURRENT_") != nil || roles.range(ofMark: "SESSION_") != nil
    {
      reading.doubt("roles", "who ran the file decides which role is meant")
    }
    return reading
  }

  func indexReading(_ index: IndexDetail) -> DefinitionReading? {
    let validity = DefinitionPart("validity", .word("valid"))
    if index.constraint != nil { return DefinitionReading(parts: [validity]) }
    guard case .index(let actual) = found.detail, actual.constraint == nil else {
      return DefinitionReading(parts: [validity])
    }
    guard let definition = account.definition, let parts = DefinitionReader.index(definition) else {
      return nil
    }
    var reading = DefinitionReading(parts: parts + [validity])
    applyChanges(to: &reading)
    return reading
  }

  func constraintReading(_ constraint: ConstraintDetail) -> DefinitionReading? {
    guard let definition = account.definition, let parts = DefinitionReader.constraint(definition) else {
      return nil
    }
    var reading = DefinitionReading(parts: DefinitionParts.constraint(parts, constraint))
    for alteration in account.alterations {
      for change in PartChange.constraint(alteration.clause ?? "") ?? [] {
        reading.set(change.name, change.value, by: alteration)
      }
    }
    return reading
  }

  func triggerReading(_ trigger: TriggerDetail) -> DefinitionReading? {
    guard let definition = account.definition, let parts = DefinitionReader.trigger(definition) else {
      return nil
    }
    var trigger = trigger
    let present =
      schema.mayBeRenamed(in: definition, since: account.renamesBefore)
      ? schema.formerNames(since: account.renamesBefore).renamed(trigger.function) : nil
    if let present { trigger.function = present }
    var reading = DefinitionReading(parts: DefinitionParts.trigger(parts, trigger))
    if present != nil { reading.renamesBefore["function"] = schema.renames.count }
    applyFiring(to: &reading)
    let table = object.table.flatMap { schema.objects[$0]?.account }
    let all = table?.alterations.last { ($0.clause ?? "").range(ofMark: "ABLE TRIGGER ") != nil }
    if let all, all.clause?.hasPrefix("DISABLE") ?? false {
      reading.doubt("firing", "all triggers of the table were disabled")
    }
    return reading
  }

  func ruleReading() -> DefinitionReading? {
    guard let statement = makingStatement(tag: "CREATE RULE") else { return asFound }
    guard let parts = DefinitionReader.object(statement) else { return nil }
    var reading = DefinitionReading(parts: parts + [DefinitionPart("firing", .word("enabled"))])
    applyFiring(to: &reading)
    return reading
  }

  /// Applies what later statements say of the moment at which a trigger or a rule fires.
  func applyFiring(to reading: inout DefinitionReading) {
    for alteration in account.alterations {
      guard let mode = PartChange.firing(alteration.clause ?? "") else { continue }
      reading.set("firing", .word(mode), by: alteration)
    }
  }
}
