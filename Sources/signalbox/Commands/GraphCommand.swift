import ArgumentParser
import Migrations
import Report

/// The command `signalbox graph`.
struct GraphCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "Which migration requires which, and why.",
    discussion: """
      Requirements are declared (`requires` in signalbox.toml, `-- requires: ID` in a file) or inferred: a migration \
      requires the one that creates what it uses. Needs no database.
      """)

  /// The forms in which the graph can be printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case dot
    case mermaid
    case json
  }

  @OptionGroup var project: ProjectOptions

  @Option(help: "In which form to print it.")
  var format = Format.text

  @Flag(help: "Print every requirement with its reasons instead of drawing the graph.")
  var reasons = false

  @Flag(help: "The same as --format json.")
  var json = false

  func perform() async throws -> ExitStatus {
    let loaded = try LoadedProject(path: project.path)
    let document = GraphDocument(project: loaded.project, graph: loaded.graph)
    switch json ? .json : format {
    case .text where reasons:
      for requirement in loaded.graph.requirements { Output.standard(RequirementText.sentence(requirement)) }
    case .text:
      for line in GraphDrawing(loaded.graph).text() { Output.standard(line) }
    case .dot: Output.standard(document.dot)
    case .mermaid: Output.standard(document.mermaid)
    case .json: Output.standard(document.json)
    }
    return .done
  }
}
