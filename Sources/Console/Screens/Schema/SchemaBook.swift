import Migrations
import Schema
import Verification

/// A catalog prepared for being looked at: its rows, what belongs to what, and the sums.
struct SchemaBook: Sendable {
  /// Which reading of the catalog this is; 0 before the first.
  private(set) var number = 0
  private(set) var index = SnapshotIndex(Snapshot())
  private(set) var counts: [SchemaGroupKind: Int] = [:]
  private(set) var unmanaged = 0
  private(set) var invalidIndexes = 0
  /// How many objects of the list an open transaction that is looked into has touched.
  private(set) var uncommitted = 0
  /// The groups of what the host provides.
  private(set) var platformGroups: Set<SchemaGroup> = []
  private var groups: [(group: SchemaGroup, rows: [SchemaRow])] = []

  init() {}

  init(_ catalog: Snapshot, _ model: ProjectModel?, inside: InsideLook? = nil, number: Int) {
    self.number = number
    index = SnapshotIndex(catalog)
    var members: [SchemaGroup: [SchemaRow]] = [:]
    for object in catalog.objects.values {
      guard let kind = SchemaGroupKind(object.identity.kind), !Self.isPartOfColumn(object) else { continue }
      let isPlatform = catalog.isPlatform(object.identity)
      let group = SchemaGroup(kind: kind, schema: object.identity.schema, isPlatform: isPlatform)
      let uncommittedMark = inside?.marks[object.identity].map(SchemaMark.uncommitted)
      let mark =
        if let uncommittedMark { uncommittedMark } else { self.mark(object, isPlatform: isPlatform, model) }
      if uncommittedMark != nil { uncommitted += 1 }
      if !isPlatform { counts[kind, default: 0] += 1 }
      if mark == .unmanaged { unmanaged += 1 }
      if mark == .invalidIndex { invalidIndexes += 1 }
      members[group, default: []].append(SchemaRow(content: .object(object.identity, mark)))
    }
    for change in inside?.changes ?? [] where change.kind == .removed {
      guard let gone = change.identity, let kind = SchemaGroupKind(gone.kind) else { continue }
      let group = SchemaGroup(kind: kind, schema: gone.schema, isPlatform: catalog.isPlatform(gone))
      uncommitted += 1
      members[group, default: []].append(SchemaRow(content: .object(gone, .uncommitted(.removed))))
    }
    groups = members.map { ($0.key, $0.value.sorted(by: Self.precedes)) }.sorted { $0.group < $1.group }
    platformGroups = Set(members.keys.filter(\.isPlatform))
  }

  /// The rows of the list.
  func rows(unmanagedOnly: Bool, uncommittedOnly: Bool = false) -> [SchemaRow] {
    groups.flatMap { group, rows -> [SchemaRow] in
      let shown =
        unmanagedOnly
        ? rows.filter { $0.content.mark == .unmanaged }
        : uncommittedOnly ? rows.filter { $0.content.mark?.isUncommitted == true } : rows
      return shown.isEmpty
        ? [] : [SchemaRow(content: .heading(group, count: shown.count))] + shown
    }
  }

  /// The sequence of an identity column is the column.
  private static func isPartOfColumn(_ object: SchemaObject) -> Bool {
    if case .sequence(let detail) = object.detail { detail.isIdentity } else { false }
  }

  private func mark(_ object: SchemaObject, isPlatform: Bool, _ model: ProjectModel?) -> SchemaMark? {
    let isBroken =
      SchemaGroupKind(object.identity.kind) == .tables
      && index.parts(of: object.identity, .index).contains { part in
        if case .index(let detail) = part.detail { !detail.isValid } else { false }
      }
    if isBroken { return .invalidIndex }
    guard let model, !isPlatform, !object.identity.isThereFromTheBeginning,
      !ProvidedObjects.contains(object.identity, on: model.project.platform)
    else { return nil }
    return model.origins.origin(of: object)?.made == nil ? .unmanaged : nil
  }

  private static func precedes(_ left: SchemaRow, _ right: SchemaRow) -> Bool {
    guard let left = left.object, let right = right.object else { return false }
    return (left.name, left.signature ?? "") < (right.name, right.signature ?? "")
  }
}

extension SchemaRow.Content {
  var mark: SchemaMark? {
    if case .object(_, let mark) = self { mark } else { nil }
  }
}

extension ObjectIdentity {
  /// Whether every new database has it.
  var isThereFromTheBeginning: Bool {
    switch kind {
    case .schema: name == "public"
    case .extension: name == "plpgsql"
    default: false
    }
  }
}

extension ObjectOrigins {
  /// The migrations behind an object; what came along with something else has that one's.
  func origin(of object: SchemaObject) -> Origin? {
    if let own = self[object.identity] { return own }
    switch object.detail {
    case .sequence(let detail): return detail.ownedBy.flatMap { self[$0] ?? $0.table.flatMap { self[$0] } }
    case .index(let detail):
      guard let constraint = detail.constraint, let schema = detail.table.schema else { return nil }
      return self[.constraint(schema, detail.table.name, constraint)] ?? self[detail.table]
    case .column, .constraint: return object.identity.table.flatMap { self[$0] }
    default: return nil
    }
  }
}
