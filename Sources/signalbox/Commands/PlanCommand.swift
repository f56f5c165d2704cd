import ArgumentParser
import Display
import JSON
import Migrations
import Postgres
import Report

/// The command `signalbox plan`.
struct PlanCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "What would run, in which order, with which locks.",
    discussion: """
      Without a selector: everything that is pending. A migration brings along those that it requires and that are \
      not in yet. Changes nothing.

      What the migrations change of what roles reach is foretold from the files, without running anything. With \
      --rehearse they are run in a transaction that is rolled back: that takes their locks.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var selection: SelectionArguments

  @OptionGroup var protection: ProtectionOptions

  @Flag(help: "End with status 4 if there is anything to run.")
  var exitCode = false

  @Flag(inversion: .prefixedNo, help: "Show how access changes.")
  var access = true

  @Flag(help: "Find out how access changes by running the migrations, and roll everything back.")
  var rehearse = false

  @Option(help: ArgumentHelp("How long a rehearsed statement waits for a lock.", valueName: "seconds"))
  var lockTimeout = 5.0

  func validate() throws {
    guard lockTimeout >= 0 else { throw ValidationError("--lock-timeout cannot be negative.") }
    if rehearse, !access {
      throw ValidationError("--rehearse shows how access changes: not with --no-access.")
    }
  }

  func perform() async throws -> ExitStatus {
    let loaded = try LoadedProject(project)
    let target = try Target(options: target, of: loaded.project)
    return try await TargetSession.with(target) { session in
      let assessment = try await session.assess(loaded)
      let plan = assessment.plan(try assessment.select(selection.selectors))
      let isRunnable = plan.problems.isEmpty && !plan.steps.isEmpty
      if rehearse, isRunnable, try !mayRehearse(plan, over: session) { return .stopped }
      let forecast =
        access && isRunnable ? try await self.forecast(of: plan, assessment, over: session) : nil
      if output.json {
        Output.standard(PlanDocument(plan: plan, access: forecast).json.indentedText)
      } else {
        let text = PlanText(plan: plan, access: forecast, style: TextStyle(output.color))
        for line in text.lines { Output.standard(line) }
      }
      if !plan.problems.isEmpty { return .usage }
      return exitCode && !plan.steps.isEmpty ? .pending : .done
    }
  }

  /// Rehearsing takes locks, so a protected target's name is asked for.
  private func mayRehearse(_ plan: Plan, over session: TargetSession) throws -> Bool {
    guard !session.target.isReadOnly else {
      throw CommandFailure(
        .usage, "a rehearsal runs the migrations, if only to roll them back: not with --read-only")
    }
    let confirmation = Confirmation(
      isGiven: true, typedName: protection.confirm, target: session.target, session: session)
    return try confirmation.ask(
      "Run \(plan.steps.count) migrations on \(session.connection.server.database), with their locks, and roll them back?"
    )
  }

  private func forecast(
    of plan: Plan, _ assessment: Assessment, over session: TargetSession
  ) async throws -> AccessOutlook {
    let loose = plan.steps.first { if case .statementByStatement = $0.mode { true } else { false } }
    if let loose, rehearse {
      Output.error(
        "\(harmless(loose.migration.id.rawValue)) cannot run in a transaction that is rolled back: access is foretold from the files"
      )
    }
    guard rehearse, loose == nil else {
      return try await session.accessForecast(of: plan, in: assessment.loaded.project)
    }
    let launch = RunLaunch(
      assessment: assessment, plan: plan, mode: .dryRun, isInteractive: false,
      lockTimeoutSeconds: lockTimeout, attempts: 1)
    return try await session.unlocked { try await $0.accessRehearsal(of: launch) }
  }
}
