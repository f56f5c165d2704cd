import Schema
import Script

/// An object as the files leave it so far.
struct TrackedObject: Sendable {
  /// Its facets; one that is not listed is unknown, or absent with the object.
  var facets: FacetTable<FacetValue>
  /// Those that are not known for no other reason than that a name in them is another now.
  var facetsOfFormerNames: Set<Facet> = []
  /// The table of an index.
  var table: ObjectIdentity?
  /// The table that a foreign key points to.
  var referencedTable: ObjectIdentity?
  /// The columns of a constraint or an index; nil where they are not known.
  var columns: [String]?
  /// The column of a sequence, or the constraint of an index.
  var ownedBy: ObjectIdentity?
  /// The table that a table is a partition of or inherits from.
  var parent: ObjectIdentity?
  /// Whether it is a partitioned table.
  var isPartitioned = false
  /// A policy as it is now, where the files say all of it.
  @Apart var policy: PolicyDetail?
  /// What it cannot be without, as far as the statement that made it says.
  var needs: Set<ObjectIdentity> = []
  /// What the files say of it in words; nil where they say it only under a condition, or nothing.
  @Apart var account: ObjectAccount?
  /// Where it was dropped, if it was.
  @Apart var droppedAt: StatementPlacement?

  /// An object of which nothing but its existence is said.
  init(existence: FacetValue) { facets = [.existence: existence] }

  /// An object that a statement has made.
  init(_ object: ObjectIdentity, definition: String?, detail: ObjectDetail, needs: Set<ObjectIdentity>) {
    facets = FacetReading.facets(of: object, definition: definition, detail: detail)
    self.needs = needs
    switch detail {
    case .index(let index):
      table = index.table
      columns = index.keys
      if let name = index.constraint, let schema = index.table.schema {
        ownedBy = .constraint(schema, index.table.name, name)
      }
    case .constraint(let constraint):
      columns = constraint.columns
      referencedTable = constraint.referencedTable
    case .sequence(let sequence):
      ownedBy = sequence.ownedBy
    case .relation(let relation):
      parent = relation.parent
      isPartitioned = relation.isPartitioned
    case .policy(let policy):
      self.policy = policy
    default:
      break
    }
  }

  /// Takes in the parts of its definition that are followed; those of which the statement says nothing have their default.
  mutating func takeParts(_ names: Set<String>, from parts: [DefinitionPart]?, unsaid: Set<String>) {
    for name in names {
      let part = parts?.first { $0.name == name }
      let isUnknown = parts == nil || (part == nil && unsaid.contains(name))
      let value = isUnknown ? .unknown : PartReading.value(part?.value)
      facets[.part(name)] = DefinitionParts.isBound(name) ? PartReading.unquoted(value) : value
    }
  }

  /// Whether it is there.
  var existence: FacetValue { facets[.existence] ?? .absent }

  /// One facet.
  func value(_ facet: Facet) -> FacetValue { facets[facet] ?? (existence == .absent ? .absent : .unknown) }

  /// The parts that are followed of this object or of another state of it, in order.
  func parts(and other: TrackedObject) -> [Facet] {
    let names = (facets.keys + other.facets.keys).compactMap { facet -> String? in
      if case .part(let name) = facet { name } else { nil }
    }
    guard !names.isEmpty else { return [] }
    return Set(names).sorted().map { .part($0) }
  }

  /// Forgets what its facets are; it may be there or not.
  mutating func blur() {
    facets = [.existence: existence == .absent ? .absent : .unknown]
    facetsOfFormerNames = []
  }

  /// Takes it away.
  mutating func remove() { facets = [.existence: .absent] }
}

extension ObjectDetail {
  /// The table of an index or of a sequence that belongs to a column.
  var ownTable: ObjectIdentity? {
    switch self {
    case .index(let index): index.table
    case .sequence(let sequence): sequence.ownedBy?.table
    default: nil
    }
  }
}

extension ObjectIdentity {
  /// Whether other objects can belong to it by their identity.
  var canHaveParts: Bool {
    switch kind {
    case .schema, .publication, .table, .foreignTable, .view, .materializedView, .type: true
    default: false
    }
  }

  /// Whether it belongs to `owner` by its identity alone: a column to its table, a label to its type, a member to its
  /// publication, a comment or a grant to what it is on, anything to its schema.
  func isPart(of owner: ObjectIdentity) -> Bool {
    if kind == .comment, self == .comment(on: owner) { return true }
    switch owner.kind {
    case .schema:
      return schema == owner.name
    case .publication:
      return kind == .publicationMember && parent == owner.name
    case .table, .foreignTable, .view, .materializedView, .type:
      guard schema == owner.schema else { return false }
      switch kind {
      case .column, .constraint, .trigger, .policy, .rule, .rowSecurity, .forcedRowSecurity, .enumValue:
        return parent == owner.name
      case .publicationMember:
        return name == owner.name
      case .comment:
        return self == .comment(on: owner) || parent == owner.name
      case .grant:
        return name == owner.attachmentName || name.hasPrefix("\(owner.attachmentName).")
      default:
        return false
      }
    case .role:
      return EffectFold.goes(self, withRole: owner.name)
    default:
      guard schema == owner.schema else { return false }
      if kind == .comment { return self == .comment(on: owner) }
      return kind == .grant && name == owner.attachmentName && parent != ObjectKind.schema.rawValue
    }
  }

  /// The same object after its owner `old` was renamed or moved to `new`.
  func moved(from old: ObjectIdentity, to new: ObjectIdentity) -> ObjectIdentity {
    if self == old { return new }
    if old.kind == .role { return naming(role: old.name, as: new.name) }
    var copy = self
    if old.kind == .schema {
      copy.schema = new.name
      return copy
    }
    copy.schema = new.schema
    if old.canHaveParts, parent == old.name { copy.parent = new.name }
    switch kind {
    case .rowSecurity, .forcedRowSecurity:
      copy.name = new.name
    case .publicationMember:
      copy.name = new.name
    case .comment where parent == nil:
      copy = .comment(on: new)
    case .grant:
      copy.name = new.attachmentName + name.dropFirst(old.attachmentName.count)
    default:
      break
    }
    return copy
  }
}
