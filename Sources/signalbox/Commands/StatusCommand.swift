import ArgumentParser
import JSON
import Migrations
import Report

/// The command `signalbox status`.
struct StatusCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Where each migration stands, and what proves it.",
    discussion: """
      Combines four witnesses: the place of the file, Signalbox's history, the histories of other tools, and the \
      objects in the catalog that a migration should have left (found/expected). Says how much of the live schema is \
      not as the files say; `drift` says what. Changes nothing.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "End with status 4 if migrations are pending, partial or failed.")
  var exitCode = false

  func perform() async throws -> ExitStatus {
    let loaded = try LoadedProject(project)
    let target = try Target(options: target, of: loaded.project)
    return try await TargetSession.with(target) { session in
      let assessment = try await session.assess(loaded, includingSizes: false)
      let statuses = assessment.statuses
      let drift = try await session.drift(of: assessment)
      if output.json {
        let document = StatusDocument(
          project: loaded.project, graph: loaded.graph, database: session.database, statuses: statuses,
          drift: drift, problems: assessment.unavailableExtensions.map(\.problem))
        Output.standard(document.json.indentedText)
      } else {
        let text = StatusText(
          project: loaded.project, statuses: statuses, database: session.database,
          drift: drift, problems: assessment.unavailableExtensions.map(\.problem),
          style: TextStyle(output.color))
        for line in text.lines { Output.standard(line) }
      }
      return exitCode && statuses.contains { Self.openStates.contains($0.state) } ? .pending : .done
    }
  }

  /// The states for which `--exit-code` ends with a status of its own.
  static let openStates: Set<MigrationState> = [.pending, .partial, .failed, .interrupted, .changed]
}
