import Schema
import Script

/// Who owns objects, and where and how they are kept (see ``Circumstances``).
extension EffectFold {
  /// What a statement that makes an object says of its circumstances.
  func takeCircumstances(
    _ names: Set<String>, into made: inout TrackedObject, _ object: ObjectIdentity, _ effect: Effect,
    _ statement: Statement
  ) {
    for name in names {
      guard var value = Circumstances.made(name, by: effect, in: statement) else { continue }
      switch name {
      case "owner": value = ownerAtFirst(of: object, effect, statement)
      case "tablespace" where value == .value("") && isKeptAsSaidElsewhere(made, "default_tablespace"):
        value = .unknown
      case "access method"
      where value == .value("heap") && isKeptAsSaidElsewhere(made, "default_table_access_method"):
        value = .unknown
      default: break
      }
      made.facets[.part(name)] = value
    }
  }

  /// Whether a session's setting, or the table that it is a partition of, decides where an object is kept of which its own
  /// statement says nothing.
  private func isKeptAsSaidElsewhere(_ made: TrackedObject, _ setting: String) -> Bool {
    if settings.contains(setting) || made.parent != nil { return true }
    guard let table = made.table else { return false }
    return objects[table]?.parent != nil
  }

  /// Who owns an object that a statement makes: whoever runs it, the role that it names, or who owned the object before it
  /// was replaced.
  private func ownerAtFirst(
    of object: ObjectIdentity, _ effect: Effect, _ statement: Statement
  ) -> FacetValue {
    let words = "AUTHORIZATION "
    if object.kind == .schema, let definition = effect.definition, definition.hasPrefix(words) {
      return .value(String(definition.dropFirst(words.count)))
    }
    if effect.condition == .orReplace, let old = objects[object], old.existence != .absent {
      return old.value(.part("owner"))
    }
    return isOtherRole || isMadeWithSchema(object, statement) ? .unknown : .creator
  }

  /// Notes an object that belongs to whoever runs the files, as far as they tell.
  mutating func noteCreated(_ object: ObjectIdentity, _ effect: Effect, in statement: Statement) {
    guard areOwnersFollowed else { return }
    switch object.kind {
    case .table, .view, .materializedView, .function, .procedure, .aggregate, .type, .domain, .schema:
      let isGivenAway = effect.definition?.hasPrefix("AUTHORIZATION ") ?? false
      guard !perhapsThere.contains(object), objects[object]?.existence == .present, !isGivenAway,
        !isOtherRole,
        !isMadeWithSchema(object, statement)
      else { return }
      timelines.createdObjects[object] = []
    default: break
    }
  }

  /// Whether `CREATE SCHEMA` makes an object with the schema, so that it belongs to the schema's owner.
  private func isMadeWithSchema(_ object: ObjectIdentity, _ statement: Statement) -> Bool {
    statement.tag == "CREATE SCHEMA" && object.kind != .schema
  }

  /// Notes what a statement changes of the session that decides about the circumstances of what later ones make.
  mutating func followSession(_ statement: Statement) {
    for setting in statement.settings { follow(setting) }
    switch statement.tag {
    case "REASSIGN OWNED": forget("owner")
    case "ALTER TABLE", "ALTER INDEX", "ALTER MATERIALIZED VIEW":
      if statement.effects.isEmpty, statement.opacity != nil { forget("tablespace") }
    default: break
    }
  }

  private mutating func follow(_ setting: SessionSetting) {
    switch (setting.name, setting.value) {
    // Who the session began as is known, yet not which of the roles named since then had a hand in what is there.
    case ("role", .text), ("role", .unknown), ("session_authorization", .text),
      ("session_authorization", .unknown):
      isOtherRole = true
    case ("all", .initial): settings = []
    case ("default_tablespace", .initial), ("default_tablespace", .text("")),
      ("default_table_access_method", .initial), ("default_table_access_method", .text("heap")):
      settings.remove(setting.name)
    case ("default_tablespace", _), ("default_table_access_method", _): settings.insert(setting.name)
    default: break
    }
  }

  /// Puts one circumstance of all objects in doubt.
  private mutating func forget(_ name: String) {
    for object in objects.keys.sorted() where objects[object]?.facets[.part(name)] != nil {
      change(object, by: .alters) { $0.facets[.part(name)] = .unknown }
    }
  }

  /// Follows what goes along: a table's sequences belong to its owner, and an index that is attached has a parent.
  mutating func followCircumstances(of object: ObjectIdentity, _ effect: Effect, isCertain: Bool) {
    guard let clause = effect.definition else { return }
    if clause.hasPrefix("OWNER TO ") {
      timelines.createdObjects[object]?.insert(String(clause.dropFirst("OWNER TO ".count)))
    }
    guard object.isRelation else { return }
    if clause.hasPrefix("OWNER TO ") {
      let owner = objects[object]?.facets[.part("owner")] ?? .unknown
      changeSequences(of: object, "owner", to: owner)
    }
    if clause == "SET LOGGED" || clause == "SET UNLOGGED" {
      changeSequences(of: object, "persistence", to: .unknown)
    }
    let isDetached = clause.hasPrefix("NO PARTITION OF ")
    guard isDetached || clause.hasPrefix("PARTITION OF ") else { return }
    let indexes = objects.filter { $0.key.kind == .index && $0.value.table == object }.keys
    for index in indexes.sorted() where objects[index]?.facets[.part("parent index")] != nil {
      change(index, by: .alters) {
        $0.facets[.part("parent index")] = isDetached && isCertain ? .value("") : .unknown
      }
    }
  }

  private mutating func changeSequences(of table: ObjectIdentity, _ part: String, to value: FacetValue) {
    let sequences = objects.filter { $0.key.kind == .sequence && $0.value.ownedBy?.table == table }.keys
    for sequence in sequences.sorted() where objects[sequence]?.facets[.part(part)] != nil {
      change(sequence, by: .alters) { $0.facets[.part(part)] = value }
    }
  }

  /// A table is no longer clustered on an index that is gone.
  mutating func forgetClustering(on index: ObjectIdentity, of table: ObjectIdentity?) {
    guard index.kind == .index, let table else { return }
    for kind in ObjectKind.relations {
      let relation = table.with(kind: kind)
      guard objects[relation]?.facets[.part("clustering")] == .value(index.name) else { continue }
      change(relation, by: .alters) { $0.facets[.part("clustering")] = .value("") }
    }
  }
}
