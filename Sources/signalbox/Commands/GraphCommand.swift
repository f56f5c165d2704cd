import ArgumentParser
import Catalog
import Display
import JSON
import Migrations
import Postgres
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

      --er draws the tables and their foreign keys.
      """)

  /// The forms in which the graph can be printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case dot
    case mermaid
    case json
  }

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions

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

  @Flag(
    name: .customLong("er"),
    help: "The tables and their foreign keys instead: of the database, or of the files where none is named.")
  var entities = false

  @Flag(help: "With --er: of the files, whatever database is named.")
  var files = false

  @Flag(help: "With --check: show declared requirements that nothing in the SQL shows, too.")
  var all = false

  @Option(help: "When to use colour.")
  var color = ColorChoice.auto

  func validate() throws {
    if files && !entities { throw ValidationError("--files belongs to --er.") }
    if entities && (check || reasons) { throw ValidationError("--er excludes --check and --reasons.") }
  }

  func perform() async throws -> ExitStatus {
    let loaded = try LoadedProject(project)
    if entities { return try await drawEntities(of: loaded) }
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

  private func drawEntities(of loaded: LoadedProject) async throws -> ExitStatus {
    let title = loaded.project.title ?? loaded.project.name
    let document: EntityDocument
    if !files, namesDatabase(loaded.project) {
      let target = try Target(options: target, of: loaded.project)
      document = try await TargetSession.with(target) { session in
        let snapshot = try await session.look { try await $0.snapshot(loaded.project.snapshotScope) }
        return EntityDocument(title: title, snapshot: snapshot)
      }
    } else {
      document = EntityDocument(title: title, migrations: loaded.project.migrations)
    }
    switch json ? .json : format {
    case .text: for line in document.text { Output.standard(harmless(line)) }
    case .mermaid: Output.text(document.mermaid)
    case .dot: Output.text(document.dot)
    case .json: Output.standard(document.json.indentedText)
    }
    return .done
  }

  /// Whether anything says which database is meant.
  private func namesDatabase(_ project: Project) -> Bool {
    if target.database != nil { return true }
    let variables = ["DATABASE_URL", "PGHOST", "PGSERVICE", "PGDATABASE"]
    return variables.contains { !(Environment.variable($0) ?? "").isEmpty }
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
