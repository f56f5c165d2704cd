import ArgumentParser
import JSON
import Migrations
import Report
import Verification

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

  @Flag(
    help: ArgumentHelp(
      "Believe the histories: do not read the files' statements, and do not look at the catalog.",
      discussion:
        "By names and checksums: without evidence and drift, and with the requirements of signalbox.toml alone."
    ))
  var fromHistory = false

  @Flag(help: "End with status 4 if migrations are pending, partial or failed.")
  var exitCode = false

  func perform() async throws -> ExitStatus {
    if fromHistory {
      return try await OutlinedTarget.with(project, on: target) { found in
        say(Assessment(loaded: found.loaded, history: found.history), drift: nil, over: found.session)
      }
    }
    let loaded = try LoadedProject(project)
    let target = try Target(options: target, of: loaded.project)
    return try await TargetSession.with(target) { session in
      let assessment = try await session.assess(loaded, includingSizes: false)
      return say(assessment, drift: try await session.drift(of: assessment), over: session)
    }
  }

  private func say(
    _ assessment: Assessment, drift: DriftReport?, over session: TargetSession
  ) -> ExitStatus {
    let project = assessment.loaded.project
    let statuses = assessment.statuses
    if output.json {
      let document = StatusDocument(
        project: project, graph: assessment.loaded.graph, database: session.database, statuses: statuses,
        drift: drift, problems: assessment.unavailableExtensions.map(\.problem))
      Output.standard(document.json.indentedText)
    } else {
      let text = StatusText(
        project: project, statuses: statuses, database: session.database,
        drift: drift, problems: assessment.unavailableExtensions.map(\.problem),
        style: TextStyle(output.color))
      Output.text(text.lines.joined(separator: "\n") + "\n")
    }
    return exitCode && statuses.contains { Self.openStates.contains($0.state) } ? .pending : .done
  }

  /// The states for which `--exit-code` ends with a status of its own.
  static let openStates: Set<MigrationState> = [.pending, .partial, .failed, .interrupted, .changed]
}
