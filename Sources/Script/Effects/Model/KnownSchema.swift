import Schema

/// What the statements read so far have made: enough of a schema to tell what later statements mean.
///
/// Knows only what files say. An object that is not here may well exist; nothing is concluded from its absence.
struct KnownSchema: Sendable {
  /// A table, view, sequence, index or composite type.
  struct Relation: Sendable {
    var kind: ObjectKind
    /// The columns in order; complete only if `areColumnsKnown`.
    var columns: [Column] = []
    var areColumnsKnown = false
    var constraints: [Constraint] = []
    var indexes: [Index] = []
    /// The relations that it inherits from or is a partition of.
    var parents: [QualifiedName] = []
    var children: [QualifiedName] = []
    var isPartitioned = false
    /// The triggers for each row, which partitions get too.
    var rowTriggers: [RowTrigger] = []
    /// The functions of all its triggers, by the triggers' names.
    var triggerFunctions: [String: ObjectIdentity] = [:]
    /// What happens instead of changes to its rows, by the triggers and rules that say so.
    var replacements: [ObjectIdentity: Replacement] = [:]
    /// The table of an index; of a view, the relation that rows written to it go to.
    var table: QualifiedName?
  }

  /// A trigger for each row of a table.
  struct RowTrigger: Sendable, Hashable {
    var name: String
    var definition: String
    var detail: TriggerDetail
  }

  /// What an `INSTEAD OF` trigger or a rule without condition does in place of changes to rows.
  struct Replacement: Sendable, Hashable {
    var changes: Set<RowChange>
    /// What the actions of a rule read and write.
    var uses: [References.RelationUse] = []
  }

  /// A column of a relation.
  struct Column: Sendable, Hashable {
    var name: String
    /// As `format_type` writes it.
    var type: String
    var isNullable = true
    /// The name that its NOT NULL was given; PostgreSQL 18 keeps it.
    var notNullName: String?
    var defaultExpression: String?
    /// `a` or `d` for an identity column.
    var identity: String?
    var isGenerated = false
    /// Whether it is computed when it is read (PostgreSQL 18), rather than stored.
    var isVirtual = false
    var collation: String?
    var typeIdentity: ObjectIdentity?
  }

  /// A constraint of a table.
  struct Constraint: Sendable, Hashable {
    var name: String
    var definition: String
    var detail: ConstraintDetail
    /// Whether partitions and children get it too.
    var isInherited = true
  }

  /// An index of a table.
  struct Index: Sendable, Hashable {
    var name: String
    /// The definition without the index's and the table's name: what a clone of the index has in common with it.
    var definition: String
    /// The column names from which a clone's name is made.
    var nameColumns: [String]
    var detail: IndexDetail
    var isExclusion = false
  }

  /// A function, procedure or aggregate.
  struct Routine: Sendable, Hashable {
    var identity: ObjectIdentity
    /// How many arguments a call may have.
    var acceptedCounts: ClosedRange<Int>
    var isVolatile: Bool
    /// What it does when it is called, if its body can be read.
    var program: RoutineProgram?
  }

  /// An event trigger: on which event, for which commands, and what it calls.
  struct EventTrigger: Sendable, Hashable {
    var event: String
    /// The command tags that it is for; empty for all.
    var tags: Set<String>
    var function: ObjectIdentity
  }

  var relations: [QualifiedName: Relation] = [:]
  var routines: [QualifiedName: [Routine]] = [:]
  var types: [QualifiedName: ObjectKind] = [:]
  /// The schema that each extension was created in, where the statement says so.
  var extensionSchemas: [String: String] = [:]
  /// The names of constraints by schema: names made by the server avoid them in the whole schema.
  var constraintNames: [String: Set<String>] = [:]
  /// The schemas that are not there for sure, since a statement dropped them or a later one makes them.
  var missingSchemas: Set<String> = []
  var eventTriggers: [String: EventTrigger] = [:]
  private(set) var objects: Set<ObjectIdentity> = []
  /// Object → the objects that cannot be without it, and whether they go with it even without CASCADE.
  private(set) var dependents: [ObjectIdentity: [ObjectIdentity: Bool]] = [:]
  /// The same the other way: object → the objects that it cannot be without.
  ///
  /// To look for them among all would cost a file that drops and makes thousands of objects its square.
  private var needs: [ObjectIdentity: Set<ObjectIdentity>] = [:]

  /// A schema of which nothing is known yet.
  init() {}

  /// A schema as it was once known.
  init(objects: Set<ObjectIdentity>, dependents: [ObjectIdentity: [ObjectIdentity: Bool]]) {
    self.objects = objects
    self.dependents = dependents
    for (needed, below) in dependents {
      for object in below.keys { needs[object, default: []].insert(needed) }
    }
  }

  /// Whether a statement read so far made this object.
  func contains(_ object: ObjectIdentity) -> Bool { objects.contains(object) }

  /// The relation of this name, whatever its kind.
  func relation(_ schema: String, _ name: String) -> Relation? { relations[QualifiedName(schema, name)] }

  /// The columns of relations, where the names of both are among these texts; a relation may be written with its schema.
  func columns(named texts: [String]) -> [Column] {
    let names = Set(texts.map { $0.lowercased() })
    return relations.filter { relation, _ in
      names.contains(relation.name.lowercased())
        || names.contains("\(relation.schema).\(relation.name)".lowercased())
    }
    .flatMap { $1.columns.filter { names.contains($0.name.lowercased()) } }
  }

  /// Whether the name is taken in the namespace that tables, views, sequences and indexes share.
  func isRelationName(_ name: String, in schema: String) -> Bool {
    relations[QualifiedName(schema, name)] != nil
  }

  /// The policies that are there, in order.
  var policies: [ObjectIdentity] { objects.filter { $0.kind == .policy }.sorted() }

  /// Notes that an object is there, and what it depends on.
  mutating func insert(
    _ object: ObjectIdentity, dependingOn needed: [ObjectIdentity] = [], partOf owners: [ObjectIdentity] = []
  ) {
    objects.insert(object)
    if object.kind == .schema { missingSchemas.remove(object.name) }
    // What is written with a label hangs on the type, as does the column that it is compared with, and not on the label.
    for one in needed where one != object && one.kind != .enumValue && dependents[one]?[object] != true {
      dependents[one, default: [:]][object] = false
      needs[object, default: []].insert(one)
    }
    for one in owners where one != object {
      dependents[one, default: [:]][object] = true
      needs[object, default: []].insert(one)
    }
  }

  /// Whether a column uses a function or a sequence in its default alone, which it then loses.
  private func isOnlyDefault(_ column: ObjectIdentity, of used: ObjectIdentity) -> Bool {
    guard column.kind == .column, [.function, .aggregate, .sequence].contains(used.kind) else { return false }
    let known = relation(column.schema ?? "", column.parent ?? "")?.columns.first { $0.name == column.name }
    return known?.isGenerated != true
  }

  /// Notes that a sequence belongs to no column any more.
  mutating func releaseOwnership(of sequence: ObjectIdentity) {
    for owner in needs[sequence] ?? [] where owner.kind == .column { release(sequence, from: owner) }
  }

  /// Notes that an object does not go with another any more.
  mutating func release(_ object: ObjectIdentity, from owner: ObjectIdentity) {
    dependents[owner]?[object] = nil
    needs[object]?.remove(owner)
  }

  /// The objects that go when `object` goes, innermost first, `object` itself last.
  func closure(ofDropping object: ObjectIdentity, cascade: Bool) -> [ObjectIdentity] {
    var order: [ObjectIdentity] = []
    var seen: Set<ObjectIdentity> = []
    func visit(_ one: ObjectIdentity) {
      guard seen.insert(one).inserted else { return }
      let below = dependents[one, default: [:]].filter {
        (cascade || $0.value) && objects.contains($0.key) && !isOnlyDefault($0.key, of: one)
      }
      for dependent in below.keys.sorted() { visit(dependent) }
      order.append(one)
    }
    visit(object)
    return order
  }

  /// What an object cannot be without.
  func owners(of object: ObjectIdentity) -> [ObjectIdentity] { (needs[object] ?? []).sorted() }

  /// Forgets an object that was dropped.
  mutating func remove(_ object: ObjectIdentity) {
    objects.remove(object)
    for dependent in (dependents.removeValue(forKey: object) ?? [:]).keys { needs[dependent]?.remove(object) }
    // Another object may come under the same name, which does not hang on what this one hung on.
    for needed in needs.removeValue(forKey: object) ?? [] { dependents[needed]?[object] = nil }
    guard let schema = object.schema else {
      switch object.kind {
      case .extension: extensionSchemas[object.name] = nil
      case .schema: missingSchemas.insert(object.name)
      case .eventTrigger: eventTriggers[object.name] = nil
      default: break
      }
      return
    }
    let name = QualifiedName(schema, object.name)
    switch object.kind {
    case .table, .foreignTable, .view, .materializedView, .sequence, .index:
      if object.kind == .index {
        if let table = relations[name]?.table {
          relations[table]?.indexes.removeAll { $0.name == object.name }
        }
      }
      if let parents = relations[name]?.parents {
        for parent in parents { relations[parent]?.children.removeAll { $0 == name } }
      }
      relations[name] = nil
    case .type, .domain:
      types[name] = nil
      if relations[name]?.kind == .type { relations[name] = nil }
    case .function, .procedure, .aggregate:
      routines[name]?.removeAll { $0.identity == object }
    case .column:
      guard let parent = object.parent else { return }
      relations[QualifiedName(schema, parent)]?.columns.removeAll { $0.name == object.name }
    case .constraint:
      guard let parent = object.parent else { return }
      relations[QualifiedName(schema, parent)]?.constraints.removeAll { $0.name == object.name }
      constraintNames[schema]?.remove(object.name)
    default:
      break
    }
  }

  /// Follows a change of name or schema: the object's dependents now depend on it under its new identity.
  mutating func rename(_ old: ObjectIdentity, to new: ObjectIdentity) {
    guard objects.remove(old) != nil else { return }
    objects.insert(new)
    if let below = dependents.removeValue(forKey: old) {
      dependents[new] = below
      for dependent in below.keys {
        needs[dependent]?.remove(old)
        needs[dependent]?.insert(new)
      }
    }
    guard let above = needs.removeValue(forKey: old) else { return }
    needs[new] = above
    for needed in above {
      guard let isPart = dependents[needed]?.removeValue(forKey: old) else { continue }
      dependents[needed]?[new] = isPart
    }
  }

  /// The known objects in a schema.
  func objects(inSchema schema: String) -> [ObjectIdentity] {
    objects.filter { $0.schema == schema }.sorted()
  }
}
