import Display
import Schema

/// What keys and answers do on the Schema screen.
extension Reduction {
  /// Prepares the catalog for being looked at, once for each time that it was read.
  mutating func readCatalog() {
    guard let catalog = state.catalog, state.schema.book.number != state.catalogNumber else { return }
    let isFirst = state.schema.book.number == 0
    state.schema.book = SchemaBook(catalog, state.model, inside: state.inside, number: state.catalogNumber)
    state.schema.rebuild()
    if isFirst { foldPlatform() }
  }

  private mutating func foldPlatform() {
    state.schema.list.fold(Set(state.schema.book.platformGroups.map { .group($0) }), true)
    // Folding keeps the cursor on its row; the first is the one to begin with.
    state.schema.list.position = ListPosition(cursor: state.schema.list.count > 1 ? 1 : 0, top: 0)
  }

  mutating func foldSchemaGroups() {
    let all = Set(state.schema.list.items.filter(\.isHeading).map(\.id))
    state.schema.list.fold(all, !all.isSubset(of: state.schema.list.folded))
  }

  mutating func toggleUnmanagedOnly() {
    state.schema.showsUnmanagedOnly.toggle()
    state.schema.rebuild()
  }

  mutating func toggleUncommittedOnly() {
    state.schema.showsUncommittedOnly.toggle()
    state.schema.rebuild()
  }

  /// Moves the cursor to an object, or to the line of what it belongs to.
  mutating func showObject(_ object: ObjectIdentity) -> Bool {
    guard let owner = state.listedOwner(of: object) else { return false }
    state.schema.showsUnmanagedOnly = false
    state.schema.showsUncommittedOnly = false
    state.schema.rebuild()
    if !state.schema.list.select(.object(owner)) {
      state.schema.list.setFilter("")
      if let heading = state.schema.list.heading(of: .object(owner)) {
        state.schema.list.fold([heading], false)
      }
      guard state.schema.list.select(.object(owner)) else { return false }
    }
    state.schema.panes.focus = owner == object ? .list : .detail
    if owner != object {
      settleList(SchemaScreen.self)
      selectPart(.object(object), SchemaScreen.self)
    }
    return true
  }

  mutating func showGroup(_ name: String) -> Bool {
    guard
      let row = state.schema.list.items.first(where: { row in
        if case .heading(let group, _) = row.content { group.name == name } else { false }
      })
    else { return false }
    return state.schema.list.select(row.id)
  }

  mutating func askForDefinition() {
    guard let object = state.schemaObject else { return }
    let isReadable = [.function, .procedure, .view, .materializedView].contains(object.identity.kind)
    if object.definition.isEmpty, isReadable {
      ask(.definition(object.identity))
    } else {
      showDefinition(of: object.identity, nil)
    }
  }

  mutating func showDefinition(of identity: ObjectIdentity, _ definition: String?) {
    guard state.screen == .schema, state.overlays.isEmpty, let object = state.catalog?[identity] else {
      return
    }
    let script = DefinitionScript(of: object, in: state.schema.book.index, definition: definition)
    state.overlays.append(
      .text(
        TextOverlay(
          title: "\(identity.phrase)", note: "as the catalog has it \(state.glyphs.middleDot) Y copies",
          lines: Text.lines(foreign: script.text).map { Line($0) }, copied: script.text)))
  }

  mutating func askForRows(offset: Int = 0) {
    if case .rows(let overlay) = state.overlays.last {
      ask(.rows(overlay.page.relation, offset: offset))
    } else if let relation = state.listedSchemaObject?.identity {
      ask(.rows(relation, offset: offset))
    }
  }

  /// Asks where the operator looks: outside, or inside the open transaction of the run.
  private mutating func ask(_ request: SchemaRequest) {
    load(.schema(state.inside == nil ? request : .inside(request)))
  }

  mutating func showRows(_ page: RowPage) {
    guard state.screen == .schema else { return }
    switch state.overlays.last {
    case nil: state.overlays.append(.rows(RowsOverlay(page)))
    case .rows(let overlay) where overlay.page.relation == page.relation:
      var fresh = RowsOverlay(page)
      fresh.firstColumn = overlay.firstColumn
      state.overlays[state.overlays.count - 1] = .rows(fresh)
    default: break
    }
  }

  /// Opens the row under the cursor as a whole: a line for each value.
  mutating func showWholeRow() {
    guard case .rows(let overlay) = state.overlays.last, overlay.page.rows.indices.contains(overlay.cursor)
    else {
      return
    }
    state.overlays.append(.text(overlay.wholeRow(columns: max(20, state.size.columns - 6), state.glyphs)))
  }
}

extension ConsoleState {
  /// The object of the list that an object is or belongs to.
  func listedOwner(of object: ObjectIdentity) -> ObjectIdentity? {
    if SchemaGroupKind(object.kind) != nil, catalog?.contains(object) == true { return object }
    if let table = object.table { return relation(table) }
    if case .index(let detail) = catalog?[object]?.detail { return relation(detail.table) }
    return object.kind == .table ? relation(object) : nil
  }
}
