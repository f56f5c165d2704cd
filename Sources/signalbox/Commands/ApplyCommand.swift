import ArgumentParser
import Display
import Glibc
import Migrations
import Postgres
import Rollout

/// The command `signalbox apply`.
struct ApplyCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Run migrations, verified before each commit.",
    discussion: """
      Without a selector: everything that is pending, with what it requires. Each migration is one transaction with \
      its verification and its history row; one that cannot be (CREATE INDEX CONCURRENTLY, …) runs statement by \
      statement. The first failure ends the run.

      Says what became of each object: created, altered, or there already and left alone; the history keeps it for \
      `signalbox report`.

      --step waits before every statement for one of: n next, f finish this migration, c continue, r retry, \
      s skip, a abort.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var selection: SelectionArguments

  @Flag(help: "Wait before every statement (on a terminal).")
  var step = false

  @Flag(help: "Run, verify, show the difference of the schema, and roll everything back.")
  var dryRun = false

  @Flag(help: "Run what is selected although it is applied; needs a selector.")
  var again = false

  @Flag(name: .shortAndLong, help: "Do not ask.")
  var yes = false

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
    let loaded = try LoadedProject(project)
    let target = try Target(options: target, declarations: loaded.project.targets)
    guard !target.isReadOnly || dryRun else {
      throw CommandFailure(.usage, "apply changes the database: not with --read-only")
    }
    if step, isatty(STDIN_FILENO) == 0 {
      throw CommandFailure(
        .usage, "--step needs a terminal to ask", advice: "leave it out, or use the console")
    }
    return try await TargetSession.with(target) { session in
      let assessment = try await session.assess(loaded)
      let selected = try assessment.select(selection.selectors)
      let plan = again ? assessment.planAgain(selected) : assessment.plan(selected)
      guard plan.problems.isEmpty else { throw ProjectError(plan.problems) }
      guard !plan.steps.isEmpty else {
        if !output.json { Output.standard("Nothing to do: everything selected is applied.") }
        return .done
      }
      if !dryRun {
        let style = TextStyle(output.color, descriptor: STDERR_FILENO)
        for step in plan.steps { Output.error("  \(style.bold(harmless(step.migration.id.rawValue)))") }
        let question =
          "Apply \(plan.steps.count) \(plan.steps.count == 1 ? "migration" : "migrations") to \(session.connection.server.database)?"
        guard try Confirmation(isGiven: yes, target: target, session: session).ask(question) else {
          return .stopped
        }
      }
      return try await run(plan, of: assessment, over: session)
    }
  }

  private func run(
    _ plan: Plan, of assessment: Assessment, over session: TargetSession
  ) async throws -> ExitStatus {
    let mode: RunMode = dryRun ? .dryRun : step ? .step : .straight
    let control = RunControl()
    let interruption = Interruption { Task { await control.post(.abort) } }
    defer { interruption.stop() }
    let printer = RunPrinter(
      text: RunText(plan: plan, mode: mode, style: TextStyle(output.color)), isJSON: output.json,
      asker: step ? StepPrompt(control: control) : nil)
    let launch = RunLaunch(
      assessment: assessment, plan: plan, mode: mode,
      isInteractive: step,
      lockTimeoutSeconds: lockTimeout, attempts: attempts, waitSeconds: wait)
    let outcome = try await session.run(launch, control: control) { printer.print($0) }
    switch outcome {
    case .done: return .done
    case .failed: return .failed
    case .aborted: return .stopped
    }
  }
}
