import ArgumentParser
import JSON
import Migrations
import Report
import Schema

/// The command `signalbox inspect policies`.
struct InspectPoliciesCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "policies", abstract: "Show the row security policies as people review them.",
    discussion: """
      Table by table: each policy with its command, its roles and its expressions, and the migration that made it. \
      With --markdown as a document to put into a review.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: ArgumentHelp("A table; without one, all that have row security.", valueName: "table"))
  var table: String?

  @Flag(help: "Print Markdown instead of text.")
  var markdown = false

  func validate() throws {
    if markdown, output.json { throw ValidationError("--markdown and --json exclude each other.") }
  }

  func perform() async throws -> ExitStatus {
    let loaded = try LoadedProject(project)
    let target = try Target(options: target, of: loaded.project)
    return try await TargetSession.with(target) { session in
      let assessment = try await session.assess(loaded)
      let chosen = try table.map { try find($0, in: assessment.snapshot) }
      let document = PolicyDocument(
        assessment.snapshot, project: loaded.project, statuses: assessment.statuses, of: chosen)
      if output.json {
        Output.standard(document.json.indentedText)
      } else if markdown {
        Output.standard(document.markdown)
      } else {
        for line in PoliciesText(
          document: document, columns: OutputWidth.columns, style: TextStyle(output.color)
        ).lines {
          Output.standard(line)
        }
      }
      return .done
    }
  }

  /// The table of a name, with or without its schema.
  private func find(_ name: String, in snapshot: Snapshot) throws -> ObjectIdentity {
    let found = snapshot.objects(of: .table).map(\.identity).filter {
      name == $0.name || name == $0.qualifiedName
    }
    guard let table = found.first else {
      throw CommandFailure(
        .usage, "there is no table \"\(name)\"", advice: "signalbox inspect policies shows all")
    }
    guard found.count == 1 else {
      let names = found.map(\.qualifiedName).joined(separator: ", ")
      throw CommandFailure(.usage, "\"\(name)\" is more than one table: \(names)", advice: "name the schema")
    }
    return table
  }
}
