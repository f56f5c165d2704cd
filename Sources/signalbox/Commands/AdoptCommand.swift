import ArgumentParser
import Display
import Glibc
import JSON
import Migrations
import Postgres
import Report

/// The command `signalbox adopt`.
struct AdoptCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt", abstract: "Record migrations as applied without running them.",
    discussion: """
      For migrations that are in the database without a history row, because another tool ran them. Without a \
      selector: all that the catalog or another tool's history says are in. Shows what speaks for each, and refuses \
      what the catalog contradicts, unless --contradicting is given. With --json it only lists, unless --yes is given.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var protection: ProtectionOptions
  @OptionGroup var selection: SelectionArguments

  @Flag(name: .shortAndLong, help: "Do not ask.")
  var yes = false

  @Flag(help: "Record migrations although the catalog contradicts it.")
  var contradicting = false

  func perform() async throws -> ExitStatus {
    let loaded = try LoadedProject(project)
    let target = try Target(options: target, of: loaded.project)
    guard !target.isReadOnly else {
      throw CommandFailure(.usage, "adopt writes the history: not with --read-only")
    }
    return try await TargetSession.with(target) { session in
      let assessment = try await session.assess(loaded)
      let selected = selection.selectors.isEmpty ? nil : Set(try assessment.select(selection.selectors))
      let candidates = AdoptionPlanner.candidates(assessment.statuses, selection: selected)
      let adopted = candidates.filter { contradicting || $0.contradiction == nil }
      let refused = candidates.filter { !contradicting && $0.contradiction != nil }
      guard selected == nil || refused.isEmpty else { throw Self.contradicted(refused) }
      if !output.json { show(adopted, refused) }
      let isOnlyListed = adopted.isEmpty || (output.json && !yes)
      if !isOnlyListed {
        let question = "Record \(Self.count(adopted)) as applied in \(session.connection.server.database)?"
        let confirmation = Confirmation(
          isGiven: yes, typedName: protection.confirm, target: target, session: session)
        guard try confirmation.ask(question) else { return .stopped }
        let reasons = Dictionary(
          adopted.map { ($0.status.id, $0.reason) }, uniquingKeysWith: { first, _ in first })
        try await session.unlocked { session in
          try await session.adopt(
            loaded.project.migrations.filter { reasons[$0.id] != nil }, of: loaded.project, because: reasons)
        }
      }
      if output.json {
        let document = AdoptionDocument(adopted: adopted, refused: refused, isDone: !isOnlyListed)
        Output.standard(document.json.indentedText)
      } else if !isOnlyListed {
        Output.standard("Recorded \(Self.count(adopted)).")
      }
      return .done
    }
  }

  private func show(_ adopted: [AdoptionPlanner.Candidate], _ refused: [AdoptionPlanner.Candidate]) {
    let style = TextStyle(output.color, descriptor: STDERR_FILENO)
    for candidate in adopted {
      let doubt = candidate.contradiction.map { "; although \($0)" } ?? ""
      Output.error(
        "  \(harmless(candidate.status.id.rawValue))  \(style.muted(harmless(candidate.reason + doubt)))")
    }
    for candidate in refused {
      Output.error(
        style.warning(
          "  not \(harmless(candidate.status.id.rawValue)): \(harmless(candidate.reason)), "
            + "but \(harmless(candidate.contradiction ?? ""))"))
    }
    guard adopted.isEmpty else { return }
    Output.error(
      refused.isEmpty
        ? "Nothing to adopt: every applied migration has its history row."
        : "Nothing is recorded without --contradicting.")
  }

  private static func contradicted(_ refused: [AdoptionPlanner.Candidate]) -> CommandFailure {
    let names = refused.map { "\($0.status.id) (\($0.contradiction ?? ""))" }.joined(separator: ", ")
    return CommandFailure(
      .failed, "this is contradicted: \(names)",
      advice: "apply them, or give --contradicting to record them all the same")
  }

  private static func count(_ candidates: [AdoptionPlanner.Candidate]) -> String {
    "\(candidates.count) \(candidates.count == 1 ? "migration" : "migrations")"
  }
}
