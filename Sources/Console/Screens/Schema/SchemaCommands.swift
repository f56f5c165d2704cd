import Display
import Schema

extension SchemaScreen {
  static let commands = DiagramCommands.all + own

  private static let own: [ConsoleCommand] = [
    ConsoleCommand(
      [.character("U")], "Show all objects", hint: "changed/all",
      help: "Inside an open transaction, lists everything; again only what the transaction has touched.",
      section: .screen, when: { $0.inside == nil ? .hidden : .available }
    ) { $0.toggleUncommittedOnly() },
    ConsoleCommand(
      [.character("d")], "Show the definition", hint: "definition",
      help: "Shows the statements that make what is under the cursor, as the catalog has it; Y copies them.",
      section: .screen,
      when: { $0.schemaObject == nil ? .unavailable("no object is under the cursor") : .available }
    ) { $0.askForDefinition() },
    ConsoleCommand(
      [.character("v")], "View rows", hint: "rows",
      help:
        "Reads 200 rows of the table or view, in a transaction that cannot write and ends after 5 seconds.",
      section: .screen, when: { $0.rowReading }
    ) { $0.askForRows() },
    ConsoleCommand(
      [.character("M")], "Go to the last change",
      help: "Shows the migration that touched what is under the cursor last; m the one that made it.",
      section: .screen,
      when: {
        $0.originUnderCursor?.touched.last == nil
          ? .unavailable("no migration touched what is under the cursor", isOffered: false) : .available
      }
    ) { reduction in
      if let id = reduction.state.originUnderCursor?.touched.last {
        reduction.jump(to: .migration(id), on: .rollout)
      }
    },
    ConsoleCommand(
      [.character("a")], "Show who can do what", hint: "access",
      help: "Shows the object under the cursor on the Access screen; [ comes back.", section: .screen,
      when: {
        $0.listedSchemaObject == nil
          ? .unavailable("no object is under the cursor", isOffered: false) : .available
      }
    ) { reduction in
      if let object = reduction.state.listedSchemaObject?.identity {
        reduction.jump(to: .object(object), on: .access)
      }
    },
    ConsoleCommand(
      [.character("u")], "Show what is unmanaged", hint: "unmanaged",
      help: "Lists only what no migration of the project made; again lists everything.", section: .screen
    ) { $0.toggleUnmanagedOnly() },
    ConsoleCommand(
      [.character("-")], "Fold all", help: "Folds all groups, or unfolds them.", section: .screen
    ) { $0.foldSchemaGroups() },
    ConsoleCommand(
      [Key(.enter)], "Whole row", hint: "whole row", help: "Shows all values of the row under the cursor.",
      section: .screen, in: [.rows],
      when: { $0.shownRows?.rows.isEmpty == false ? .available : .unavailable("there is no row") }
    ) { $0.showWholeRow() },
    ConsoleCommand(
      [.character("n")], "Next rows", hint: "next", help: "Reads the rows behind these.", section: .screen,
      in: [.rows],
      when: { $0.shownRows?.hasMore == true ? .available : .unavailable("these are the last rows") }
    ) { reduction in
      if let page = reduction.state.shownRows { reduction.askForRows(offset: page.offset + page.rows.count) }
    },
    ConsoleCommand(
      [.character("p")], "Rows before", hint: "before", help: "Reads the rows before these.",
      section: .screen,
      in: [.rows],
      when: {
        $0.shownRows.map { $0.offset > 0 } == true ? .available : .unavailable("these are the first rows")
      }
    ) { reduction in
      if let page = reduction.state.shownRows { reduction.askForRows(offset: max(0, page.offset - 200)) }
    },
  ]
}

extension ConsoleState {
  /// The rows that are shown, if some are.
  var shownRows: RowPage? {
    if case .rows(let overlay) = overlays.last { overlay.page } else { nil }
  }

  /// Whether rows can be read now.
  fileprivate var rowReading: ConsoleCommand.Availability {
    guard let object = listedSchemaObject else { return .unavailable("no table or view is under the cursor") }
    switch object.identity.kind {
    case .table, .view, .materializedView, .foreignTable:
      return isAwaiting(ScreenRequest.schema(.rows(object.identity, offset: 0)).slot)
        ? .unavailable("rows are being read") : reading
    default: return .unavailable("a \(object.identity.kind.rawValue) has no rows")
    }
  }
}
