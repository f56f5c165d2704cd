import Schema
import Script

/// Types and domains, as the files leave them.
extension ExpectedDefinition {
  func typeReading() -> DefinitionReading? {
    guard let definition = account.definition else { return DefinitionReading() }
    if definition.hasPrefix("ENUM ") { return enumerationReading(definition) }
    if definition.hasPrefix("RANGE (") { return objectReading() }
    guard definition.hasPrefix("AS (") else { return asFound }
    guard let parts = DefinitionReader.composite(String(definition.dropFirst("AS ".count))) else {
      return nil
    }
    var reading = DefinitionReading(parts: parts)
    for alteration in account.alterations { applyAttribute(alteration, to: &reading) }
    return reading
  }

  /// `ADD ATTRIBUTE a integer`, `DROP ATTRIBUTE a`, `ALTER ATTRIBUTE a TYPE text`, `RENAME ATTRIBUTE a TO b`.
  private func applyAttribute(_ alteration: ObjectAccount.Alteration, to reading: inout DefinitionReading) {
    let words = ["ADD ATTRIBUTE ", "DROP ATTRIBUTE ", "ALTER ATTRIBUTE ", "RENAME ATTRIBUTE "]
    guard let clause = alteration.clause, let word = words.first(where: clause.hasPrefix) else { return }
    let rest = String(clause.dropFirst(word.count))
    let name = DefinitionParts.firstName(of: rest)
    let label = "attribute \(name)"
    switch word {
    case "DROP ATTRIBUTE ": reading.set(label, nil, by: alteration)
    case "RENAME ATTRIBUTE ":
      let value = reading.part(label)
      reading.set(label, nil, by: alteration)
      reading.set("attribute \(rest.dropFirst(name.count + " TO ".count))", value, by: alteration)
    default:
      let separator = word == "ADD ATTRIBUTE " ? " " : " TYPE "
      let type = rest.dropFirst(name.count + separator.count)
      reading.set(label, .type(String(type)), by: alteration)
    }
  }

  /// The labels that are there on both sides, in the order of the files; one that is missing or new is an object of its
  /// own.
  func enumerationReading(_ definition: String) -> DefinitionReading? {
    guard let first = DefinitionReader.enumeration(definition),
      let actual = DefinitionReader.enumeration(found.definition)
    else { return nil }
    let isAltered = schema.objects.contains { label, state in
      label.kind == .enumValue && label.parent == object.name && label.schema == object.schema
        && (!first.contains(label.name) || state.existence != .present)
    }
    if isAltered || Set(first) != Set(actual) {
      return DefinitionReading(parts: DefinitionParts.enumeration(actual))
    }
    return DefinitionReading(parts: DefinitionParts.enumeration(first))
  }

  func domainReading() -> DefinitionReading? {
    guard let definition = account.definition,
      let parts = DefinitionReader.domain(definition, named: name(after: account.renamesBefore))
    else { return nil }
    var reading = DefinitionReading(parts: parts)
    for alteration in account.alterations {
      let clause = alteration.clause ?? ""
      if clause == "SET NOT NULL" { reading.set("nullability", .word("NOT NULL"), by: alteration) }
      if clause == "DROP NOT NULL" { reading.set("nullability", nil, by: alteration) }
      if clause == "DROP DEFAULT" { reading.set("default", nil, by: alteration) }
      if clause.hasPrefix("SET DEFAULT ") {
        reading.set("default", .expression(String(clause.dropFirst("SET DEFAULT ".count))), by: alteration)
      }
      if clause.range(ofMark: "CHECK") != nil || clause.range(ofMark: "CONSTRAINT") != nil {
        applyCheck(clause, alteration, &reading)
      }
    }
    return reading
  }

  private func applyCheck(
    _ clause: String, _ alteration: ObjectAccount.Alteration, _ reading: inout DefinitionReading
  ) {
    let start = "RENAME CONSTRAINT "
    if clause.hasPrefix(start), let middle = clause.range(ofMark: " TO ") {
      let old = Identifier.unquoted(String(clause[..<middle].dropFirst(start.count)))
      let new = Identifier.unquoted(String(clause[middle...].dropFirst(" TO ".count)))
      let value = reading.part("check \(old)")
      reading.set("check \(old)", nil, by: alteration)
      reading.set("check \(new)", value, by: alteration)
      return
    }
    let named = clause.hasPrefix("ADD CHECK") ? addedName(reading, alteration) : nil
    let text =
      named.map { "ADD CONSTRAINT \(Identifier.quoted($0)) \(clause.dropFirst("ADD ".count))" } ?? clause
    for change in DefinitionReader.change("ALTER DOMAIN d \(text)") ?? [] {
      reading.set(change.name, change.value, by: alteration)
    }
  }

  /// The name that the server gives to a check which the file does not name.
  private func addedName(
    _ reading: DefinitionReading, _ alteration: ObjectAccount.Alteration
  ) -> String {
    DefinitionReader.nameOfCheck(of: name(after: alteration.renamesBefore)) {
      reading.part("check \($0)") != nil
    }
  }

  /// The object's name after so many changes of names.
  private func name(after count: Int) -> String {
    count < schema.renames.count ? schema.formerNames(since: count).former(object).name : object.name
  }
}
