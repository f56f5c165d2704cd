import ArgumentParser
import Display
import Glibc
import Migrations
import Postgres
import Rollout
import Schema

/// The command `signalbox apply`.
struct ApplyCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Run migrations, verified before each commit.",
    discussion: """
      Without a selector: everything that is pending, was interrupted or has failed, with what it requires; what was \
      interrupted goes on where it was. Each migration is one transaction with \
      its verification and its history row; some that only make what nobody else can see yet share one; one that \
      cannot be (CREATE INDEX CONCURRENTLY, …) runs statement by statement. The first failure ends the run, and all \
      before it stay.

      Says what became of each object: created, altered, or there already and left alone; the history keeps it for \
      `signalbox report`.

      A protected target's name must be typed, and what the migrations let roles reach beyond what they reach now must \
      be acknowledged; where nobody is there to type, --confirm and --acknowledge-access do it.

      --step waits before every statement for one of: n next, f finish this migration, c continue, r retry, \
      s skip, a abort.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var selection: SelectionArguments

  @OptionGroup var protection: ProtectionOptions

  @OptionGroup var acknowledgement: AcknowledgementOptions

  @Flag(help: "Wait before every statement (on a terminal).")
  var step = false

  @Flag(help: "Run, verify, show the difference of the schema, and roll everything back.")
  var dryRun = false

  @Flag(help: "Run what is selected although it is applied; needs a selector.")
  var again = false

  @Flag(name: .shortAndLong, help: "Do not ask.")
  var yes = false

  @Option(
    help: ArgumentHelp(
      "What to take a statement for that was under way when a run was interrupted, where nothing tells: done or again.",
      valueName: "answer"))
  var inDoubt: DoubtAnswer?

  @Option(help: ArgumentHelp("How long a statement waits for a lock.", valueName: "seconds"))
  var lockTimeout = 5.0

  @Option(help: ArgumentHelp("How often a migration is tried that gets no lock.", valueName: "count"))
  var attempts = 5

  @Option(help: ArgumentHelp("How long to wait for another run to end.", valueName: "seconds"))
  var wait = 0.0

  func validate() throws {
    if again && selection.selectors.isEmpty {
      throw ValidationError("--again needs to be told what to run again.")
    }
    if step && dryRun { throw ValidationError("--step and --dry-run exclude each other.") }
    if step && output.json { throw ValidationError("--step asks questions: not with --json.") }
    guard lockTimeout >= 0, attempts > 0, wait >= 0 else {
      throw ValidationError("--lock-timeout, --attempts and --wait cannot be negative.")
    }
  }

  func perform() async throws -> ExitStatus {
    guard selection.selectors.isEmpty, !again else {
      let loaded = try LoadedProject(project)
      let target = try Target(options: target, of: loaded.project)
      try refuse(target)
      return try await TargetSession.with(target) { try await apply(loaded, over: $0) }
    }
    // Where everything may be in already, the histories tell without a look at what the files say.
    return try await OutlinedTarget.with(project, on: target, unless: refuse) { found in
      if found.loaded.isApplied(in: found.history) { return sayNothingToDo() }
      let loaded = try LoadedProject(project)
      let history = try await found.session.addingStatements(to: found.history, of: loaded.project)
      return try await apply(loaded, knowing: history, over: found.session)
    }
  }

  /// Refuses what cannot be done on a target.
  private func refuse(_ target: Target) throws {
    guard !target.isReadOnly || dryRun else {
      throw CommandFailure(.usage, "apply changes the database: not with --read-only")
    }
    if step, isatty(STDIN_FILENO) == 0 {
      throw CommandFailure(
        .usage, "--step needs a terminal to ask", advice: "leave it out, or use the console")
    }
  }

  private func apply(
    _ loaded: LoadedProject, knowing history: History? = nil, over session: TargetSession
  ) async throws -> ExitStatus {
    let assessment = try await session.assess(loaded, includingSizes: false, history: history)
    let selected = try assessment.select(selection.selectors)
    let plan = again ? assessment.planAgain(selected) : assessment.plan(selected)
    guard plan.problems.isEmpty else { throw ProjectError(plan.problems) }
    guard !plan.steps.isEmpty else { return sayNothingToDo() }
    let forecast =
      session.target.isProtected
      ? try await session.accessForecast(of: plan, in: assessment.loaded.project) : nil
    guard try isConfirmed(plan, forecast, in: assessment.snapshot, over: session) else { return .stopped }
    return try await session.unlocked { session in
      try await run(plan, of: assessment, limit: forecast.map(AccessLimit.init), over: session)
    }
  }

  private func sayNothingToDo() -> ExitStatus {
    if !output.json { Output.standard("Nothing to do: everything selected is applied.") }
    return .done
  }

  /// Asks whether to run the plan; on a protected target also for a rehearsal, which takes locks.
  private func isConfirmed(
    _ plan: Plan, _ forecast: AccessOutlook?, in snapshot: Snapshot, over session: TargetSession
  ) throws -> Bool {
    if dryRun, !session.target.isProtected { return true }
    let style = TextStyle(output.color, descriptor: STDERR_FILENO)
    for step in plan.steps {
      Output.error("  \(style.bold(harmless(step.migration.id.rawValue)))")
      for index in InvalidIndexes.inTheWay(of: step, in: snapshot) {
        Output.error(
          "    \(style.warning("index \(harmless(index.qualifiedName)) is invalid: a build did not end;"))"
            + " it is dropped and built again")
      }
    }
    if let forecast {
      for line in AccessOutlookText(forecast: forecast, style: style).lines { Output.error(line) }
    }
    let confirmation = Confirmation(
      isGiven: yes, typedName: protection.confirm, target: session.target, session: session)
    if !dryRun, let forecast {
      let widenings = AccessAcknowledgement(forecast.widenings)
      guard try confirmation.acknowledge(widenings, given: acknowledgement.acknowledgeAccess) else {
        return false
      }
    }
    let count = plan.steps.count
    let verb = dryRun ? "Rehearse" : "Apply"
    return try confirmation.ask(
      "\(verb) \(count) \(count == 1 ? "migration" : "migrations") on \(session.connection.server.database)?")
  }

  private func run(
    _ plan: Plan, of assessment: Assessment, limit: AccessLimit?, over session: TargetSession
  ) async throws -> ExitStatus {
    let mode: RunMode = dryRun ? .dryRun : step ? .step : .straight
    let control = RunControl()
    let interruption = Interruption { Task { await control.post(.abort) } }
    defer { interruption.stop() }
    let asksAboutAccess = limit != nil && !output.json && isatty(STDIN_FILENO) == 1
    let printer = RunPrinter(
      text: RunText(plan: plan, mode: mode, style: TextStyle(output.color)), isJSON: output.json,
      asker: step || asksAboutAccess ? StepPrompt(control: control) : nil)
    let launch = RunLaunch(
      assessment: assessment, plan: plan, mode: mode,
      isInteractive: step,
      lockTimeoutSeconds: lockTimeout, attempts: attempts, waitSeconds: wait,
      accessLimit: limit, asksAboutAccess: asksAboutAccess, rebuildsInvalidIndexes: true, doubt: inDoubt)
    let outcome: RunOutcome
    do {
      outcome = try await session.run(launch, control: control) { printer.print($0) }
    } catch {
      await printer.finish()
      throw error
    }
    await printer.finish()
    switch outcome {
    case .done: return .done
    case .failed: return .failed
    case .aborted: return .stopped
    }
  }
}

extension DoubtAnswer: ExpressibleByArgument {}
