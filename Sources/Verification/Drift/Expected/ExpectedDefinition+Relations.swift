import Schema
import Script

/// Tables, views and sequences, as the files leave them.
extension ExpectedDefinition {
  func sequenceReading(_ sequence: SequenceDetail) -> DefinitionReading {
    var reading = DefinitionReading(parts: DefinitionParts.sequence(account.definition, sequence))
    for alteration in account.alterations {
      for change in SequenceParts.changes(alteration.clause ?? "", alteration.detail) ?? [] {
        reading.set(change.name, change.value, by: alteration)
      }
    }
    if !schema.renames.dropFirst(account.renamesBefore).isEmpty, let column = state.ownedBy {
      reading.set("owner column", .word(column.qualifiedName))
    }
    // What the files do not say has a default, which hangs on the type, or is an option of an identity column.
    let actual = DefinitionParts.sequence(found.definition, sequence)
    for part in actual.dropFirst() where reading.part(part.name) == nil {
      let isPlain = ["increment", "cache"].contains(part.name) && !sequence.isIdentity
      reading.set(part.name, isPlain ? .word("1") : part.value)
    }
    return reading
  }

  func relationReading(_ relation: RelationDetail) -> DefinitionReading? {
    switch object.kind {
    case .view, .materializedView: return viewReading()
    default: return tableReading(relation)
    }
  }

  func viewReading() -> DefinitionReading? {
    guard let definition = account.definition else { return nil }
    let query = DefinitionParts.query(ofView: definition)
    guard !query.isEmpty else { return nil }
    var reading = DefinitionReading(parts: DefinitionParts.view(definition, query: query))
    for alteration in account.alterations {
      for change in PartChange.viewOptions(alteration.clause ?? "") ?? [] {
        reading.set(change.name, change.value, by: alteration)
      }
    }
    return reading
  }

  func tableReading(_ relation: RelationDetail) -> DefinitionReading? {
    var reading = DefinitionReading(parts: DefinitionParts.table(account.definition, relation))
    guard let own = tableParts() else { return nil }
    for part in own { reading.set(part.name, part.value) }
    if let parent = state.parent ?? relation.parent {
      reading.set("parent", .word(parent.qualifiedName))
    }
    for alteration in account.alterations {
      let clause = alteration.clause ?? ""
      if clause == "SET LOGGED" { reading.set("persistence", nil, by: alteration) }
      if clause == "SET UNLOGGED" { reading.set("persistence", .word("UNLOGGED"), by: alteration) }
      if clause.hasPrefix("PARTITION OF ") { attach(clause, alteration, &reading) }
      if clause.hasPrefix("NO PARTITION OF ") { detach(alteration, &reading) }
      if clause.hasPrefix("INHERIT ") || clause.hasPrefix("NO INHERIT ") {
        reading.doubt("parent", "what it inherits from was changed later")
      }
    }
    applyChanges(to: &reading)
    if !schema.renames.dropFirst(account.renamesBefore).isEmpty, reading.part("parent") != nil {
      reading.doubt("parent", "objects were renamed since")
    }
    return reading
  }

  /// The partition's bound, the partition key, the storage parameters; what `CREATE TABLE AS` says is not read.
  private func tableParts() -> [DefinitionPart]? {
    if object.kind == .foreignTable {
      guard let statement = makingStatement(tag: "CREATE FOREIGN TABLE") else {
        return ActualDefinition.parts(of: found)
      }
      return DefinitionReader.object(statement)
    }
    return DefinitionParts.ownParts(ofTable: account.definition)
  }

  /// `PARTITION OF parent bound`, as an alteration says it.
  private func attach(
    _ clause: String, _ alteration: ObjectAccount.Alteration, _ reading: inout DefinitionReading
  ) {
    detach(alteration, &reading)
    guard let parent = PartChange.parentOfPartition(clause) else {
      reading.doubt("parent", "what it is a partition of was changed later")
      return
    }
    reading.set("parent", .word(parent), by: alteration)
    for part in PartChange.boundOfPartition(clause) {
      reading.set(part.name, part.value, by: alteration)
    }
  }

  private func detach(_ alteration: ObjectAccount.Alteration, _ reading: inout DefinitionReading) {
    for part in reading.parts where part.name == "parent" || DefinitionParts.isBound(part.name) {
      reading.set(part.name, nil, by: alteration)
    }
  }
}
