import Migrations
import Schema
import Script

/// What is under the cursor of the Rollout screen, for the clipboard and the editor.
extension ConsoleState {
  /// The statements that the pane shows: what a run sends, else what the file holds.
  var shownStatements: [Statement] {
    guard let id = shownMigration else { return [] }
    if let step = run?.step(id) { return step.statements }
    return model?.migration(id)?.script.statements ?? []
  }

  /// The place in the files of what the cursor of the Rollout screen is on.
  var fileInRollout: FileLocation? {
    guard let id = shownMigration else { return nil }
    return location(of: id, statement: rollout.focus == .statements ? rollout.statements.cursor : nil)
  }

  /// The statement or the name that the cursor of the Rollout screen is on.
  var textInRollout: String? {
    guard let id = shownMigration else { return nil }
    guard rollout.focus == .statements else { return id.rawValue }
    return statement(rollout.statements.cursor, of: id)?.text ?? id.rawValue
  }

  /// The object that the cursor of the Rollout screen leads to: the first that the statement under it touches and the
  /// catalog has, else the first of the whole migration.
  var objectInRollout: ObjectIdentity? {
    guard let id = shownMigration, let migration = model?.migration(id) else { return nil }
    let own = rollout.focus == .statements ? statement(rollout.statements.cursor, of: id) : nil
    let statements = (own.map { [$0] } ?? []) + migration.script.statements
    for statement in statements {
      for effect in statement.effects where effect.action != .uses && listedOwner(of: effect.object) != nil {
        return effect.object
      }
    }
    return nil
  }

  /// A statement by its place among those that are shown.
  func statement(_ index: Int, of id: MigrationID) -> Statement? {
    let statements = run?.step(id)?.statements ?? model?.migration(id)?.script.statements ?? []
    return statements.indices.contains(index) ? statements[index] : nil
  }

  /// The place of a migration's file, and of one of its statements.
  func location(of id: MigrationID, statement index: Int?) -> FileLocation? {
    guard let migration = model?.migration(id) else { return nil }
    return FileLocation(
      file: migration.file, position: index.flatMap { statement($0, of: id)?.position })
  }
}
