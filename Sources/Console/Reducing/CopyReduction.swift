import Migrations
import Script

/// What is under the cursor, for the clipboard and the editor.
extension ConsoleState {
  /// The statements that the pane shows: what a run sends, else what the file holds.
  var shownStatements: [Statement] {
    guard let id = shownMigration else { return [] }
    if let step = run?.step(id) { return step.statements }
    return model?.migration(id)?.script.statements ?? []
  }

  var fileUnderCursor: FileLocation? {
    switch overlays.last {
    case .failure(let failure):
      if let location = failure.message.location { return location }
      return location(of: failure.migration, statement: failure.statement)
    case .statement(let overlay): return location(of: overlay.migration, statement: overlay.index)
    default:
      guard let id = shownMigration else { return nil }
      return location(of: id, statement: focus == .statements ? statements.cursor : nil)
    }
  }

  var textUnderCursor: String? {
    if case .statement(let overlay) = overlays.last {
      return statement(overlay.index, of: overlay.migration)?.text
    }
    guard let id = shownMigration else { return nil }
    return focus == .statements ? statement(statements.cursor, of: id)?.text ?? id.rawValue : id.rawValue
  }

  /// A statement by its place among those that are shown.
  func statement(_ index: Int, of id: MigrationID) -> Statement? {
    let statements = run?.step(id)?.statements ?? model?.migration(id)?.script.statements ?? []
    return statements.indices.contains(index) ? statements[index] : nil
  }

  private func location(of id: MigrationID, statement index: Int?) -> FileLocation? {
    guard let migration = model?.migration(id) else { return nil }
    return FileLocation(
      file: migration.file, position: index.flatMap { statement($0, of: id)?.position })
  }
}

extension Reduction {
  mutating func copy() {
    guard let text = state.textUnderCursor else { return }
    effects.append(.copy(text))
    note(.information, "copied \(Amounts.count(text.count, "character"))")
  }

  mutating func openEditor() {
    if let location = state.fileUnderCursor { effects.append(.openEditor(location)) }
  }
}
