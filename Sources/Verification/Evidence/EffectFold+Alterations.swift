import Migrations
import Schema
import Script

/// What an `ALTER` does to the objects so far.
extension EffectFold {
  mutating func alter(_ object: ObjectIdentity, _ effect: Effect) {
    guard let existence = objects[object]?.existence, existence != .absent else { return }
    // Only what the block has made itself.
    if effect.condition == .ifNotExists, skipped.contains(object) { return }
    var isCertain = existence == .present
    if case .guarded = effect.condition { isCertain = false }
    if effect.condition == .ifNotExists, uncertain.contains(object) { isCertain = false }
    // An unconditional change can only succeed on what is there.
    if effect.condition == .always { isCertain = true }
    let changes = changes(by: effect, to: objects[object] ?? TrackedObject(existence: .unknown))
    let alteration = ObjectAccount.Alteration(
      clause: effect.definition, detail: effect.detail, place: place, renamesBefore: renames.count,
      isCertain: isCertain)
    let needs = needs
    change(object, by: .alters) { state in
      for (facet, value) in changes { state.facets[facet] = isCertain ? value : .unknown }
      state.facetsOfFormerNames.subtract(changes.keys)
      state.account?.alterations.append(alteration)
      if object.kind == .policy {
        state.needs.formUnion(needs)
        state.policy = isCertain ? FacetChange.altered(state.policy, by: effect) : nil
      }
      if case .sequence(let sequence) = effect.detail, isCertain { state.ownedBy = sequence.ownedBy }
    }
    if isCertain { changeParent(of: object, effect) }
    changeTriggers(of: object, effect, isCertain: isCertain)
    followCircumstances(of: object, effect, isCertain: isCertain)
    if object.kind == .trigger, !(effect.definition?.hasSuffix(" ONLY") ?? false) {
      changeCopies(of: object, to: objects[object]?.value(.part("firing")) ?? .unknown)
    }
    guard let table = object.table, object.kind == .column else { return }
    for child in inheritors(of: table) {
      guard let schema = child.schema else { continue }
      var part = object
      (part.schema, part.parent) = (schema, child.name)
      change(part, by: .alters) { state in
        for facet in changes.keys where state.existence != .absent { state.facets[facet] = .unknown }
      }
    }
  }

  /// What an alteration makes of the facets of its object, those of its parts that are followed among them.
  func changes(by effect: Effect, to object: TrackedObject) -> FacetTable<FacetValue> {
    var changes = FacetChange.changes(by: effect, to: object)
    let names = altered.names(of: effect.object)
    guard !names.isEmpty, let statement else { return changes }
    if let (old, new) = PartChange.renamedPart(by: effect) {
      changes[.part(old)] = .value("")
      changes[.part(new)] = object.value(.part(old))
      return changes
    }
    if effect.object.kind == .textSearchConfiguration,
      let replacement = DefinitionReader.dictionaryReplacement(statement.text)
    {
      for (token, value) in MappingParts.replaced(replacement, in: object, names) {
        changes[.part(token)] = value
      }
      return changes
    }
    let parts = PartChange.changes(by: effect, in: statement) {
      DefinitionReader.nameOfCheck(of: effect.object.name) { name in
        object.value(.part("check \(name)")) != .value("")
      }
    }
    guard let parts else {
      // It is not followed, and may have changed any of them.
      for name in names where name != "owner" { changes[.part(name)] = .unknown }
      return changes
    }
    let clause = effect.definition ?? ""
    if clause.hasPrefix("PARTITION OF ") || clause.hasPrefix("NO PARTITION OF ") {
      for name in names where DefinitionParts.isBound(name) { changes[.part(name)] = .value("") }
    }
    for part in parts where names.contains(part.name) {
      let value = PartReading.value(part.value)
      changes[.part(part.name)] = DefinitionParts.isBound(part.name) ? PartReading.unquoted(value) : value
    }
    if clause.hasPrefix("INHERIT "), object.value(.part("parent")) != .value("") {
      changes[.part("parent")] = .unknown
    }
    if effect.object.kind == .sequence {
      // What it is then hangs on the type and the direction.
      for (words, name) in [("NO MINVALUE", "minimum"), ("NO MAXVALUE", "maximum")]
      where names.contains(name) && clause.range(ofMark: words) != nil {
        changes[.part(name)] = .unknown
      }
    }
    // What goes with a type is its own default, or what the type allows.
    for name in Self.partsOfType(effect)
    where names.contains(name) && !parts.contains(where: { $0.name == name }) {
      changes[.part(name)] = .unknown
    }
    return changes
  }

  private static func partsOfType(_ effect: Effect) -> [String] {
    switch effect.object.kind {
    case .column where effect.definition?.hasPrefix("TYPE ") ?? false: ["storage", "collation"]
    case .sequence where effect.definition?.hasPrefix("AS ") ?? false: ["minimum", "maximum", "start"]
    default: []
    }
  }

  /// Reads the parts that are followed of an object that is made.
  func takeParts(into made: inout TrackedObject, _ object: ObjectIdentity, _ effect: Effect) {
    let names = altered.names(of: object)
    guard !names.isEmpty, let statement else { return }
    var parts = PartReading.parts(of: effect, in: statement)
    var unsaid: Set<String> = []
    switch object.kind {
    case .column: unsaid.formUnion(ColumnParts.unsaid)
    case .sequence:
      unsaid.formUnion(SequenceParts.unsaid)
      // It is kept as the table is that it belongs to.
      if let table = made.ownedBy?.table {
        let maker = statement.effects.first { $0.action == .creates && $0.object == table }
        let isLogged = maker.map { !($0.definition?.hasPrefix("UNLOGGED") ?? false) } ?? false
        if !isLogged { unsaid.insert("persistence") }
      }
      // The sequence of a serial or identity column has the column's type.
      if let column = made.ownedBy, case .value(let type)? = objects[column]?.value(.type),
        parts?.contains(where: { $0.name == "type" }) == false
      {
        parts?.append(DefinitionPart("type", .type(type)))
      }
    case .grant:
      made.facets[.part("option")] = PartReading.option(ofGrant: effect.definition)
      return
    case .rule where effect.condition == .orReplace:
      // Replacing a rule leaves it turned off.
      if let firing = objects[object]?.facets[.part("firing")], firing != .absent {
        made.facets[.part("firing")] = firing
        return
      }
    default: break
    }
    made.takeParts(names, from: parts, unsaid: unsaid)
    if names.contains("firing"), let firing = firing(of: object, madeBy: statement) {
      made.facets[.part("firing")] = firing
    }
    takeCircumstances(names, into: &made, object, effect, statement)
  }

  /// Follows a table to another parent.
  private mutating func changeParent(of object: ObjectIdentity, _ effect: Effect) {
    let clause = effect.definition ?? ""
    let isAdded = clause.hasPrefix("PARTITION OF ") || clause.hasPrefix("INHERIT ")
    let isTaken = clause.hasPrefix("NO PARTITION OF ") || clause.hasPrefix("NO INHERIT ")
    guard isAdded || isTaken, object.isRelation else { return }
    let name =
      clause.hasPrefix("PARTITION OF ")
      ? PartChange.parentOfPartition(clause) ?? ""
      : String(clause.drop { $0 != " " }.dropFirst())
    let parent = objects.keys.first {
      $0.isRelation && $0.qualifiedName == name
    }
    change(object, by: .alters) { state in
      if isTaken { state.parent = nil } else if state.parent == nil { state.parent = parent }
    }
  }
}
