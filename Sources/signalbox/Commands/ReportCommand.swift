import ArgumentParser
import JSON
import Migrations
import Postgres
import Report
import Rollout
import Verification

/// The command `signalbox report`.
struct ReportCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "The status report as a document.",
    discussion: """
      What a team writes by hand about its migrations, worked out from the files and the live database: summary, phases, \
      pending migrations with their expected changes, what exists and what is missing, action items, dependencies, \
      compatibility, rollback plan, checklist, policies, access and run history. docs/report.md describes it. \
      Changes nothing.

      The time in it is that of SOURCE_DATE_EPOCH, where that is set.
      """)

  /// The forms in which the report can be written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case markdown
    case html
    case json

    /// The form that a file's ending asks for.
    init?(endingOf file: String) {
      if file.hasSuffix(".html") || file.hasSuffix(".htm") {
        self = .html
      } else if file.hasSuffix(".json") {
        self = .json
      } else if file.hasSuffix(".md") || file.hasSuffix(".markdown") {
        self = .markdown
      } else {
        return nil
      }
    }
  }

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions

  @Option(help: "In which form to write it; else as the ending of --output says, else markdown.")
  var format: Format?

  @Flag(help: "The same as --format json.")
  var json = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write it to this file instead of printing it.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "End with status 1 if a check fails, with 4 if migrations are pending, partial or failed.")
  var exitCode = false

  func perform() async throws -> ExitStatus {
    let loaded = try LoadedProject(project)
    let target = try Target(options: target, of: loaded.project)
    return try await TargetSession.with(target) { session in
      let facts = try await session.reportFacts(of: loaded, time: Clock.documentTime())
      let document = ReportDocument(facts)
      let text =
        switch json ? .json : format ?? output.flatMap(Format.init(endingOf:)) ?? .markdown {
        case .markdown: document.markdown
        case .html: document.html
        case .json: document.json.indentedText + "\n"
        }
      if let output {
        try OutputFile.write(text, to: output)
        Output.error("Written to \(output).")
      } else {
        Output.text(text)
      }
      guard exitCode else { return .done }
      let isOpen = facts.statuses.contains { StatusCommand.openStates.contains($0.state) }
      return facts.findings.contains { $0.severity == .failure } ? .failed : isOpen ? .pending : .done
    }
  }
}

extension TargetSession {
  /// Everything that a report is made of.
  func reportFacts(of loaded: LoadedProject, time: Double) async throws -> ReportFacts {
    let assessment = try await assess(loaded, includingDependencies: true)
    let findings = try await findings(of: assessment)
    let reader = RunReader(connection: connection, project: loaded.project.name)
    let (runs, changes) = try await look { _ in (try await reader.runs(), try await reader.changes()) }
    let drift = try await drift(of: assessment)
    return ReportFacts(
      project: loaded.project, graph: loaded.graph, database: database, role: connection.server.user,
      snapshot: assessment.snapshot, statuses: assessment.statuses, history: assessment.history,
      findings: findings, plan: assessment.plan(try assessment.select([])), runs: runs, changes: changes,
      drift: drift,
      time: time,
      generator: "Signalbox \(SignalboxVersion.text)")
  }
}
