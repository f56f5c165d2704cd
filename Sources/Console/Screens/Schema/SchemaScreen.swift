import Display
import Migrations
import Schema
import Script

/// What is in the database: every object, what belongs to it, and which migration made it.
struct SchemaScreen: Sendable {
  var list = FilteredList<SchemaRow>()
  var detail = DetailPane()
  var panes = TwoPanes()
  var book = SchemaBook()
  /// Whether only what no migration made is listed.
  var showsUnmanagedOnly = false
  /// Whether only what an open transaction has touched is listed, while it is looked into.
  var showsUncommittedOnly = false

  /// Makes the rows anew from what the catalog says.
  mutating func rebuild() {
    list.take(book.rows(unmanagedOnly: showsUnmanagedOnly, uncommittedOnly: showsUncommittedOnly))
  }
}

extension SchemaScreen: ListScreen {
  static let screen = Screen.schema
  static var path: any WritableKeyPath<ConsoleState, SchemaScreen> & Sendable { \.schema }
  static let arrangement = TwoPanes.Arrangement.beside(list: 40)

  // The catalog comes with the states.
  static func appear(_ reduction: inout Reduction) { reduction.readCatalog() }
  static func forget(_ reduction: inout Reduction) {}

  static func take(
    _ answer: Result<ScreenAnswer, Trouble>, to request: ScreenRequest, _ reduction: inout Reduction
  ) {
    guard case .schema(let request) = request else { return }
    switch (answer, request.question) {
    case (.success(.schema(.definition(let text))), .definition(let object)):
      reduction.showDefinition(of: object, text)
    case (.success(.schema(.rows(let page))), .rows): reduction.showRows(page)
    case (.failure(let trouble), _): reduction.refuse(trouble.message)
    default: break
    }
  }

  static func settle(_ reduction: inout Reduction) {
    // The catalog may have been read anew for another screen.
    reduction.readCatalog()
    reduction.settleList(SchemaScreen.self)
  }

  static func subject(_ state: ConsoleState) -> Subject? {
    if state.schema.panes.focus == .detail, let part = state.schema.detail.part { return part }
    return detailSubject(state)
  }

  static func detailSubject(_ state: ConsoleState) -> Subject? {
    switch state.schema.list.current?.content {
    case .object(let object, _): .object(object)
    case .heading(let group, _): .row(group.name)
    case nil: nil
    }
  }

  static func show(_ subject: Subject, _ reduction: inout Reduction) -> Bool {
    switch subject {
    case .object(let object): reduction.showObject(object)
    case .row(let name): reduction.showGroup(name)
    case .migration: false
    }
  }

  static func moveSideways(_ direction: Int, _ reduction: inout Reduction) {
    let screen = reduction.state.schema
    if screen.panes.focus == .list, case .heading(let group, _) = screen.list.current?.content {
      let isFolded = screen.list.folded.contains(.group(group))
      if isFolded != (direction < 0) {
        reduction.state.schema.list.fold([.group(group)], direction < 0)
        return
      }
    }
    reduction.state.schema.panes.focus = direction > 0 ? .detail : .list
  }

  static func openRow(_ reduction: inout Reduction) -> Bool {
    guard case .heading(let group, _) = reduction.state.schema.list.current?.content else { return false }
    let isFolded = reduction.state.schema.list.folded.contains(.group(group))
    reduction.state.schema.list.fold([.group(group)], !isFolded)
    return true
  }

  static func openPart(_ reduction: inout Reduction) -> Bool {
    switch reduction.state.schema.detail.part {
    case .migration(let id):
      reduction.jump(to: .migration(id), on: .rollout)
      return true
    case .object(let part):
      guard let target = reduction.state.objectBehind(part) else { return false }
      reduction.jump(to: .object(target), on: .schema)
      return true
    case .row, nil: return false
    }
  }

  static func migrationUnderCursor(_ state: ConsoleState) -> MigrationID? {
    if case .migration(let id) = subject(state) { return state.model?.contains(id) == true ? id : nil }
    return state.originUnderCursor.flatMap { $0.made ?? $0.touched.last }
  }

  static func textUnderCursor(_ state: ConsoleState) -> String? {
    switch subject(state) {
    case .object(let object): object.qualifiedName
    case .migration(let id): id.rawValue
    case .row, nil: nil
    }
  }

  /// The statement that makes the object, in its file.
  static func fileUnderCursor(_ state: ConsoleState) -> FileLocation? {
    guard let id = migrationUnderCursor(state), let migration = state.model?.migration(id) else { return nil }
    let object = subject(state)?.object
    let statement = migration.script.statements.last { statement in
      statement.effects.contains { $0.object == object && $0.action != .uses }
    }
    return FileLocation(file: migration.file, position: statement?.position)
  }
}

extension ConsoleState {
  /// The object that the cursor of the Schema screen is on, or that its line belongs to.
  var schemaObject: SchemaObject? {
    guard let identity = SchemaScreen.subject(self)?.object else { return listedSchemaObject }
    return catalog?[identity] ?? listedSchemaObject
  }

  /// The object that the cursor of the list is on.
  var listedSchemaObject: SchemaObject? { schema.list.current?.object.flatMap { catalog?[$0] } }

  /// The migrations behind what the cursor is on.
  var originUnderCursor: ObjectOrigins.Origin? {
    guard SchemaScreen.subject(self)?.object != nil else { return nil }
    return schemaObject.flatMap { model?.origins.origin(of: $0) }
  }

  /// What a part of an object leads to: the table of a foreign key, the function of a trigger.
  func objectBehind(_ part: ObjectIdentity) -> ObjectIdentity? {
    let listed = listedSchemaObject?.identity
    if SchemaGroupKind(part.kind) != nil { return part == listed ? nil : part }
    switch catalog?[part]?.detail {
    case .constraint(let detail):
      // From the table that is pointed to, the way leads back to the one that points.
      let far = part.table.map { sameRelation($0, listed) } == true ? detail.referencedTable : part.table
      return far.flatMap(relation)
    case .trigger(let detail):
      return part.table.map { sameRelation($0, listed) } == true
        ? detail.function : part.table.flatMap(relation)
    default: return nil
    }
  }

  private func sameRelation(_ left: ObjectIdentity, _ right: ObjectIdentity?) -> Bool {
    left.schema == right?.schema && left.name == right?.name
  }

  /// The relation of a name as the catalog has it, whatever its kind.
  func relation(_ name: ObjectIdentity) -> ObjectIdentity? {
    [ObjectKind.table, .view, .materializedView, .foreignTable].map { name.with(kind: $0) }
      .first { catalog?.contains($0) == true }
  }
}
