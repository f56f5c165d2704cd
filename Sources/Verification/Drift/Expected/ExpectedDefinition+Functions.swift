import Schema
import Script

/// Functions and procedures, as the files leave them.
extension ExpectedDefinition {
  func functionReading() -> DefinitionReading? {
    guard object.kind != .aggregate else { return objectReading() }
    let name = [object.schema, object.name].compactMap { $0 }.map(Identifier.alwaysQuoted).joined(
      separator: ".")
    let kind = object.kind == .procedure ? "PROCEDURE" : "FUNCTION"
    // The statement itself has every name in its quotes; the effect's text serves where a block holds it.
    let statement = schema.statement(at: account.place)
    let parts =
      statement.flatMap { $0.tag == "CREATE \(kind)" ? DefinitionReader.function($0.text) : nil }
      ?? account.definition.flatMap { DefinitionReader.function("CREATE \(kind) \(name)\($0)") }
    guard let parts else { return nil }
    var reading = DefinitionReading(parts: parts)
    for alteration in account.alterations {
      guard alteration.clause?.hasPrefix("OWNER TO") != true, alteration.clause?.hasPrefix("DEPENDS") != true
      else {
        continue
      }
      guard let changes = DefinitionReader.functionChange(alteration.clause ?? "") else {
        for name in ["volatility", "security", "on NULL", "setting search_path"] {
          reading.doubt(name, "a later ALTER FUNCTION cannot be read")
        }
        continue
      }
      for change in changes { apply(change, by: alteration, to: &reading) }
    }
    for part in reading.parts {
      if part.name.hasPrefix("setting "), case .expression = part.value {
        reading.doubt(part.name, "SET … FROM CURRENT takes what the session had")
      }
    }
    adjustToServer(&reading)
    return reading
  }

  func apply(
    _ change: DefinitionPart, by alteration: ObjectAccount.Alteration, to reading: inout DefinitionReading
  ) {
    let plain = ["VOLATILE", "INVOKER", "CALLED", "no", "UNSAFE"]
    if change == DefinitionPart("setting", .name("")) {
      for part in reading.parts where part.name.hasPrefix("setting ") {
        reading.set(part.name, nil, by: alteration)
      }
    } else if change.value == .name("") || plain.contains(change.value.text) {
      reading.set(change.name, nil, by: alteration)
    } else {
      reading.set(change.name, change.value, by: alteration)
    }
  }

  /// What the server leaves out of its text, or adds to it.
  func adjustToServer(_ reading: inout DefinitionReading) {
    let actual = Dictionary(
      (ActualDefinition.parts(of: found) ?? []).map { ($0.name, $0.value) },
      uniquingKeysWith: { first, _ in first })
    if reading.part("cost") == .word("100"), actual["cost"] == nil { reading.set("cost", nil) }
    if reading.part("rows") == .word("1000"), actual["rows"] == nil { reading.set("rows", nil) }
    // With OUT arguments the result need not be said.
    if reading.part("result") == nil,
      reading.parts.contains(where: { $0.value == .word("OUT") || $0.value == .word("INOUT") })
    {
      reading.set("result", actual["result"])
    }
    adjustBody(&reading, actual)
  }

  /// A body in SQL with a statement that cannot be taken apart is compared as a tree; the server writes its own anew.
  private func adjustBody(_ reading: inout DefinitionReading, _ actual: [String: DefinitionPart.Value]) {
    var trees: [DefinitionPart.Value] = []
    for value in [reading.part("body"), actual["body"]] {
      if case .query? = value { trees += [value].compactMap { $0 } }
    }
    guard !trees.isEmpty else { return }
    if trees.count == 2, trees[0] == trees[1] {
      reading.set("body", nil)
    } else {
      reading.set("body", trees[0])
      reading.doubt(
        "body", "the server writes a body in SQL anew, and it stands in no query that it could plan")
    }
    for part in reading.parts where DefinitionParts.isOfBody(part.name) {
      reading.set(part.name, actual[part.name])
    }
    for (name, value) in actual where DefinitionParts.isOfBody(name) { reading.set(name, value) }
    if trees.count == 2, trees[0] == trees[1] { reading.set("body", actual["body"]) }
  }
}
