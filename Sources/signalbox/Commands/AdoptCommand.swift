import ArgumentParser
import Display
import Migrations
import Postgres
import Rollout

/// The command `signalbox adopt`.
struct AdoptCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt", abstract: "Record migrations as applied without running them.",
    discussion: """
      For migrations that are in the database without a history row, because another tool ran them. Without a \
      selector: all of them. Refuses migrations whose objects are not all there, unless --contradicting is given.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var selection: SelectionArguments

  @Flag(name: .shortAndLong, help: "Do not ask.")
  var yes = false

  @Flag(help: "Record migrations although the catalog contradicts it.")
  var contradicting = false

  func perform() async throws -> ExitStatus {
    let loaded = try LoadedProject(path: project.path)
    let target = try Target(options: target, declarations: loaded.project.targets)
    guard !target.isReadOnly else {
      throw CommandFailure(.usage, "adopt writes the history: not with --read-only")
    }
    return try await TargetSession.with(target) { session in
      let assessment = try await session.assess(loaded)
      let candidates = try candidates(assessment)
      guard !candidates.isEmpty else {
        Output.error("Nothing to adopt: every applied migration has its history row.")
        return .done
      }
      let style = TextStyle(output.color)
      for status in candidates {
        let evidence = status.evidence.map {
          $0.isInconclusive ? "no evidence" : "\($0.found)/\($0.expected)"
        }
        Output.error("  \(harmless(status.id.rawValue))  \(style.muted(evidence ?? ""))")
      }
      let question =
        "Record \(candidates.count) migrations as applied in \(session.connection.server.database)?"
      guard try Confirmation(isGiven: yes, target: target, session: session).ask(question) else {
        return .stopped
      }
      let ids = Set(candidates.map(\.id))
      try await session.adopt(loaded.project.migrations.filter { ids.contains($0.id) }, of: loaded.project)
      Output.standard("Recorded \(candidates.count) migrations.")
      return .done
    }
  }

  private func candidates(_ assessment: Assessment) throws -> [MigrationStatus] {
    guard !selection.selectors.isEmpty else {
      return assessment.statuses.filter { $0.state == .applied && $0.history == nil }
    }
    let ids = Set(try assessment.select(selection.selectors))
    let chosen = assessment.statuses.filter { ids.contains($0.id) && $0.history?.state != .applied }
    let contradicted = chosen.filter { status in
      status.evidence.map { $0.found < $0.expected } ?? false || status.state == .skipped
    }
    guard contradicted.isEmpty || contradicting else {
      let names = contradicted.map(\.id.rawValue).joined(separator: ", ")
      throw CommandFailure(
        .failed, "the catalog contradicts this: not everything of \(names) is there",
        advice: "apply them, or give --contradicting to record them all the same")
    }
    return chosen
  }
}
