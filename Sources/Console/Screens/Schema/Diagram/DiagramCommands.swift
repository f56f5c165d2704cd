import Display
import Schema

/// The diagram of tables: opening it, and what is done in it.
enum DiagramCommands {
  static let all: [ConsoleCommand] = [
    ConsoleCommand(
      [.character("e")], "Show the diagram", hint: "diagram",
      help:
        "Draws the table under the cursor with the tables that refer to it and that it refers to; elsewhere the whole schema.",
      section: .screen, when: { $0.diagramScope == nil ? .unavailable("there are no tables") : .available }
    ) { reduction in
      if let scope = reduction.state.diagramScope { reduction.showDiagram(scope) }
    },
    ConsoleCommand(
      [.character("e")], "Neighbours", hint: "neighbours",
      help: "Draws the table under the cursor with its own neighbours.", section: .screen, in: [.diagram]
    ) { reduction in
      if let table = reduction.state.diagram?.table { reduction.showDiagram(.neighbours(table)) }
    },
    ConsoleCommand(
      [.character("w")], "Whole schema", hint: "whole schema", help: "Draws all tables of the schema.",
      section: .screen, in: [.diagram],
      when: {
        if case .schema = $0.diagram?.scope { .unavailable("the whole schema is shown") } else { .available }
      }
    ) { reduction in
      if let schema = reduction.state.diagram?.table.schema { reduction.showDiagram(.schema(schema)) }
    },
    ConsoleCommand(
      [Key(.enter)], "Go to the table", hint: "go there",
      help: "Closes the diagram and shows the table under its cursor on the list.", section: .screen,
      in: [.diagram]
    ) { reduction in
      guard let table = reduction.state.diagram?.table else { return }
      reduction.closeOverlay()
      reduction.jump(to: .object(table), on: .schema)
    },
    ConsoleCommand(
      [.character("q")], "Close", help: "Closes the diagram.", section: .console, in: [.diagram]
    ) { $0.closeOverlay() },
  ]
}

extension ConsoleState {
  /// The diagram that is shown, if one is.
  var diagram: DiagramOverlay? {
    if case .diagram(let overlay) = overlays.last { overlay } else { nil }
  }

  /// What a diagram would show: the neighbours of the table under the cursor, else the schema that has most tables.
  var diagramScope: DiagramOverlay.Scope? {
    if let object = listedSchemaObject?.identity, SchemaGroupKind(object.kind) == .tables {
      return .neighbours(object)
    }
    guard let catalog else { return nil }
    if let schema = listedSchemaObject?.identity.schema ?? headingSchema,
      catalog.objects.keys.contains(where: { $0.kind == .table && $0.schema == schema })
    {
      return .schema(schema)
    }
    let own = catalog.objects.keys.filter { $0.kind == .table && !catalog.isPlatform($0) }
    let schemas = Dictionary(grouping: own.compactMap(\.schema)) { $0 }.mapValues(\.count)
    return schemas.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { .schema($0.key) }
  }

  private var headingSchema: String? {
    if case .heading(let group, _)? = schema.list.current?.content { group.schema } else { nil }
  }

  /// The room in a diagram's window.
  var diagramColumns: Int { max(10, size.columns - 6) }
}

extension Reduction {
  /// Opens a diagram, in place of the one that is open.
  mutating func showDiagram(_ scope: DiagramOverlay.Scope) {
    guard let catalog = state.catalog else { return }
    var table = state.diagram?.table ?? state.listedSchemaObject?.identity
    if case .neighbours(let centre) = scope { table = centre }
    guard
      let overlay = DiagramOverlay(
        scope, current: table, catalog: catalog, index: state.schema.book.index, columns: state.diagramColumns
      )
    else {
      refuse("there are no tables to draw")
      return
    }
    if state.diagram == nil {
      state.overlays.append(.diagram(overlay))
    } else {
      state.overlays[state.overlays.count - 1] = .diagram(overlay)
    }
  }
}
