import JSON
import Migrations

/// Which migrations need which: drawn as text and for Mermaid, and each requirement with its reason.
struct Dependencies: ReportSection {
  static let title = "Migration dependencies"

  /// The requirements among the migrations that are drawn, and of them on others.
  let requirements: [Requirement]
  private let drawing: [String]
  private let mermaid: String
  private let isOnlyOpen: Bool
  private let count: Int

  init(_ facts: ReportFacts) {
    let open = Set(facts.open.map(\.id)).intersection(facts.graph.migrations)
    isOnlyOpen = !open.isEmpty
    let shown = open.isEmpty ? Set(facts.graph.migrations) : open
    count = shown.count
    requirements = facts.graph.requirements.filter {
      shown.contains($0.from) && (open.isEmpty || open.contains($0.to))
    }
    drawing = GraphDrawing(facts.graph, only: shown).lines.map { $0.text() }
    mermaid =
      GraphDocument(project: facts.project, graph: facts.graph, statuses: facts.statuses, only: shown).mermaid
  }

  var blocks: [ReportBlock] {
    guard count > 1 || !requirements.isEmpty else { return [] }
    let what =
      isOnlyOpen ? "The open migrations require each other so" : "The migrations require each other so"
    var blocks: [ReportBlock] = [
      .paragraph("\(what), what is needed above what needs it. They cannot run in another order."),
      .code(drawing.joined(separator: "\n"), language: nil), .code(mermaid, language: "mermaid"),
    ]
    if isOnlyOpen, !requirements.isEmpty {
      blocks.append(
        .table(
          ["Migration", "Requires", "Because"],
          requirements.map { [.code($0.from.rawValue), .code($0.to.rawValue), ReportText($0.explanation)] },
          ifEmpty: ""))
    }
    return blocks
  }

  var json: JSONValue.Member {
    .init(
      "dependencies",
      [
        "text": .array(drawing.map { .string($0) }), "mermaid": .string(mermaid),
        "requirements": .array(
          requirements.map {
            [
              "from": .string($0.from.rawValue), "to": .string($0.to.rawValue),
              "declared": .boolean($0.isDeclared), "because": .string($0.explanation),
            ]
          }),
      ])
  }
}
