import Schema
import Script

/// The rarer kinds of object, as the files leave them: each from the whole statement that makes it.
///
/// Where a block holds the statement, nothing but the object's existence is compared.
extension ExpectedDefinition {
  func objectReading() -> DefinitionReading? {
    switch object.kind {
    case .rule: return ruleReading()
    case .role: return roleReading()
    case .eventTrigger: return eventTriggerReading()
    case .textSearchConfiguration: return configurationReading()
    case .operator, .aggregate, .cast, .statistics, .textSearchDictionary, .foreignDataWrapper,
      .foreignServer,
      .type:
      return settingsReading()
    case .userMapping:
      // Whose mapping it is not sees none of its options.
      return found.definition.isEmpty ? asFound : settingsReading()
    default: return asFound
    }
  }

  /// The statement that makes the object, if it stands in the file for itself.
  func makingStatement(tag: String) -> String? {
    guard let statement = schema.statement(at: account.place), statement.tag == tag else { return nil }
    return statement.text
  }

  /// Applies what later statements say of an object's settings.
  func applyChanges(to reading: inout DefinitionReading) {
    for alteration in account.alterations { applyChange(alteration, to: &reading) }
  }

  private func applyChange(_ alteration: ObjectAccount.Alteration, to reading: inout DefinitionReading) {
    var changes: [DefinitionChange] = []
    if let statement = schema.statement(at: alteration.place), statement.tag.hasPrefix("ALTER ") {
      changes = DefinitionReader.change(statement.text) ?? []
    } else if let clause = alteration.clause,
      object.table != nil || object.canHaveParts || object.kind == .index
    {
      changes = DefinitionReader.change("ALTER TABLE t \(clause)") ?? []
    }
    for change in changes { reading.set(change.name, change.value, by: alteration) }
  }

  private func settingsReading() -> DefinitionReading? {
    // An operator that another one names as its commutator is only a promise.
    if object.kind == .operator || object.kind == .aggregate, account.definition == nil { return asFound }
    let word = object.kind == .foreignServer ? "SERVER" : object.kind.rawValue.uppercased()
    guard let statement = makingStatement(tag: "CREATE \(word)") else { return asFound }
    guard let parts = DefinitionReader.object(statement) else { return nil }
    var reading = DefinitionReading(parts: parts)
    applyChanges(to: &reading)
    return reading
  }

  private func roleReading() -> DefinitionReading? {
    guard
      let parts = DefinitionReader.object(
        "CREATE ROLE r \(DefinitionParts.withoutPassword(account.definition))")
    else {
      return nil
    }
    var reading = DefinitionReading(parts: parts)
    for alteration in account.alterations {
      let words = DefinitionParts.withoutPassword(alteration.clause)
      for change in DefinitionReader.change("CREATE ROLE r \(words)") ?? [] {
        reading.set(change.name, change.value, by: alteration)
      }
    }
    return reading
  }

  private func eventTriggerReading() -> DefinitionReading? {
    guard let statement = makingStatement(tag: "CREATE EVENT TRIGGER") else { return asFound }
    guard let parts = DefinitionReader.object(statement) else { return nil }
    var reading = DefinitionReading(parts: parts + [DefinitionPart("firing", .word("enabled"))])
    applyFiring(to: &reading)
    return reading
  }

  /// A configuration that begins as a copy has the mappings of the other one, save those that were changed since.
  private func configurationReading() -> DefinitionReading? {
    guard let statement = makingStatement(tag: "CREATE TEXT SEARCH CONFIGURATION") else { return asFound }
    guard let parts = DefinitionReader.object(statement) else { return nil }
    var reading = DefinitionReading(parts: parts)
    if reading.part("parser") == nil { reading = asFound }
    for alteration in account.alterations {
      let statement = schema.statement(at: alteration.place)
      if let replacement = statement.flatMap({ DefinitionReader.dictionaryReplacement($0.text) }) {
        applyReplacement(replacement, alteration, &reading)
      } else {
        applyChange(alteration, to: &reading)
      }
    }
    return reading
  }

  private func applyReplacement(
    _ replacement: (tokens: [String], old: String, new: String), _ alteration: ObjectAccount.Alteration,
    _ reading: inout DefinitionReading
  ) {
    let label = "mapping of "
    for part in reading.parts where part.name.hasPrefix(label) {
      let token = String(part.name.dropFirst(label.count))
      guard replacement.tokens.isEmpty || replacement.tokens.contains(token) else { continue }
      let text = MappingParts.replaced(replacement.old, by: replacement.new, in: part.value.text)
      reading.set(part.name, .name(text), by: alteration)
    }
  }
}
