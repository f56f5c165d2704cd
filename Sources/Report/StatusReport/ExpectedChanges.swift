import Migrations
import Schema
import Script
import Verification

/// What running a migration would change in the database as it is, worked out from its effects and the catalog.
struct ExpectedChanges: Sendable, Hashable {
  /// The objects that would be made, in order.
  var created: [ObjectIdentity] = []
  /// The objects that are there and would be made anew or altered, in order, each with the words of the statements.
  var altered: [Alteration] = []
  /// The objects that would be dropped, in order.
  var dropped: [ObjectIdentity] = []
  /// The objects that the migration makes and that are there already.
  var alreadyThere: [ObjectIdentity] = []
  /// What happens to rows: a statement's tag and its table (`UPDATE public.telemetry`).
  var data: [String] = []
  /// Why the effects of some statements cannot be known before they run.
  var unknown: [String] = []
  /// The columns of the tables that would be made, and those that would be added to others.
  var columns: [ObjectIdentity: ColumnDetail] = [:]
  /// The tables of the indexes that would be made.
  var indexedTables: [ObjectIdentity: ObjectIdentity] = [:]
  /// The comments that would be given.
  var comments: [ObjectIdentity: String] = [:]

  /// No change at all.
  init() {}

  /// An object that stays and becomes different.
  struct Alteration: Sendable, Hashable {
    var object: ObjectIdentity
    /// What is altered, in SQL's words (`DROP NOT NULL`); empty where the object is made anew.
    var words: [String]
  }

  /// Whether nothing would change.
  var isEmpty: Bool {
    created.isEmpty && altered.isEmpty && dropped.isEmpty && data.isEmpty && unknown.isEmpty
  }

  /// The changes of every migration that is open, each on the database as those before it leave it.
  static func all(of facts: ReportFacts) -> [MigrationID: ExpectedChanges] {
    var prediction = CatalogPrediction(facts.snapshot, role: facts.role)
    let open = Set(facts.open.map(\.id))
    let planned = facts.plan.steps.map(\.migration)
    let plannedIDs = Set(planned.map(\.id))
    let others = facts.project.migrations.filter { open.contains($0.id) && !plannedIDs.contains($0.id) }
    var all: [MigrationID: ExpectedChanges] = [:]
    for migration in others + planned {
      var changes = ExpectedChanges(of: migration, on: &prediction)
      // ALL means one privilege more since version 17.
      if facts.snapshot.serverVersion < 170_000 {
        changes.created.removeAll { $0.kind == .grant && $0.signature?.hasPrefix("MAINTAIN ") ?? false }
      }
      all[migration.id] = changes
    }
    return all
  }

  /// Follows a migration's statements; `prediction` holds afterwards what they leave.
  init(of migration: Migration, on prediction: inout CatalogPrediction) {
    let before = prediction.objects
    let changedBefore = prediction.changed
    var stated: [ObjectIdentity: [String]] = [:]
    var made: Set<ObjectIdentity> = []
    var remade: Set<ObjectIdentity> = []
    for statement in migration.script.statements {
      prediction.follow(statement)
      note(statement)
      for effect in statement.effects {
        switch effect.action {
        case .creates:
          made.insert(effect.object)
          if !Self.leavesAlone(effect) { remade.insert(effect.object) }
          stated[effect.object] = stated[effect.object] ?? []
          if case .column(let column) = effect.detail { columns[effect.object] = column }
          if case .index(let index) = effect.detail { indexedTables[effect.object] = index.table }
          if effect.object.kind == .comment { comments[effect.object] = effect.definition }
        case .alters:
          remade.insert(effect.object)
          stated[effect.object, default: []] += effect.definition.map { [Self.shortened($0)] } ?? []
        case .drops: stated[effect.object] = stated[effect.object] ?? []
        case .uses: break
        }
      }
    }
    let after = prediction.objects
    // Default privileges give every new table grants that nobody wrote down here.
    created = after.subtracting(before).filter { $0.kind != .grant || stated[$0] != nil }.sorted()
    let constraints = Set(created.filter { $0.kind == .constraint }.map { [$0.schema, $0.name] })
    // The index of a key has its constraint's name and goes without saying.
    created.removeAll { $0.kind == .index && constraints.contains([$0.schema, $0.name]) }
    dropped = before.subtracting(after).sorted()
    let changed = prediction.changed.subtracting(changedBefore).union(remade)
    let touched = changed.intersection(before).filter { after.contains($0) && stated[$0] != nil }
    altered = touched.sorted().map { Alteration(object: $0, words: Self.unique(stated[$0] ?? [])) }
    alreadyThere = made.intersection(before).subtracting(touched).filter(after.contains).sorted()
  }

  /// Whether the statement changes nothing where the object is there.
  private static func leavesAlone(_ effect: Effect) -> Bool {
    switch effect.condition {
    case .ifNotExists, .guarded: true
    case .always, .ifExists, .orReplace: false
    }
  }

  private mutating func note(_ statement: Statement) {
    if let opacity = statement.opacity, !unknown.contains(opacity) { unknown.append(opacity) }
    let tag = statement.form == .sql ? statement.tag : "COPY"
    guard Self.dataTags.contains(tag) else { return }
    let target = statement.locks.first { $0.mode >= .rowExclusive }?.relation.qualifiedName
    let line = target.map { "\(tag) \($0)" } ?? tag
    if !data.contains(line) { data.append(line) }
  }

  private static let dataTags: Set<String> = [
    "INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "TRUNCATE TABLE",
  ]

  private static func unique(_ words: [String]) -> [String] {
    words.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private static func shortened(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 80 ? line.prefix(79) + "…" : line
  }
}

extension ExpectedChanges {
  /// The tables and so on that would be made, without what comes with them.
  func created(_ kinds: Set<ObjectKind>) -> [ObjectIdentity] { created.filter { kinds.contains($0.kind) } }

  /// The columns of a table that would be made, in their order.
  func columns(of table: ObjectIdentity) -> [(name: String, detail: ColumnDetail)] {
    columns.filter { $0.key.table == table }.map { ($0.key.name, $0.value) }
      .sorted { ($0.detail.position, $0.name) < ($1.detail.position, $1.name) }
  }

  /// Whether an object belongs to a table or view that is made, too.
  func isPartOfCreated(_ object: ObjectIdentity) -> Bool {
    guard let table = object.table ?? indexedTables[object] else { return false }
    let kinds: [ObjectKind] = [.table, .view, .materializedView, .foreignTable]
    return kinds.contains { created.contains(ObjectIdentity($0, schema: table.schema, name: table.name)) }
  }
}
