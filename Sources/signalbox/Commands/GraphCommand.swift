import ArgumentParser
import JSON
import Migrations
import Report
import Verification

/// The command `signalbox graph`.
struct GraphCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "Which migration requires which, and why.",
    discussion: """
      Requirements are declared (`requires` in signalbox.toml, `-- requires: ID` in a file) or inferred: a migration \
      requires the one that creates what it uses. --check says what is used before it is there, or never. Needs no \
      database.
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

  @Flag(
    help: """
      Check that everything that is used is provided by an earlier migration, the server, the platform or an \
      extension; status 1 if something is used before it is there.
      """)
  var check = false

  @Flag(help: "With --check: show declared requirements that nothing in the SQL shows, too.")
  var all = false

  @Option(help: "When to use colour.")
  var color = ColorChoice.auto

  func perform() async throws -> ExitStatus {
    let loaded = try LoadedProject(project)
    if check { return report(RequirementJudge.findings(of: loaded.project, graph: loaded.graph)) }
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

  private func report(_ findings: [Finding]) -> ExitStatus {
    let shown = findings.filter { all || $0.severity != .pass }
    if json {
      Output.standard(LintDocument(findings: findings).json.indentedText)
    } else {
      for line in LintText(findings: shown, style: TextStyle(color)).lines { Output.standard(line) }
    }
    return findings.contains { $0.severity == .failure } ? .failed : .done
  }
}
