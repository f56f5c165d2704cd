import ArgumentParser
import Catalog
import Glibc
import JSON
import Migrations
import Postgres
import Report
import Rollout
import Schema
import Threads
import Verification

/// The command `signalbox revert`.
struct RevertCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "revert", abstract: "Take migrations back by their revert scripts.",
    discussion: """
      Runs the scripts that take migrations back (.down.sql, the down part of dbmate and goose, ROLLBACK.sql, \
      Flyway's U scripts, Sqitch's revert/, `revert` of signalbox.toml), dependents first, each in one transaction \
      with its history row. Refuses while something that is applied needs what is to go. Says before it asks what \
      the scripts cannot restore. Without a selector: the last one applied.

      Says how the scripts change what roles reach. On a protected target the database's name must be typed, and what \
      roles reach more than before must be acknowledged: a dropped policy or a privilege given back widens access, too. \
      What a script then really widens beyond what was announced stops it before its commit.

      --dry-run proves the way back: applies what is pending, takes it back, compares the catalog with what it was \
      before, and rolls everything back; status 1 if it is not the same.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var protection: ProtectionOptions
  @OptionGroup var acknowledgement: AcknowledgementOptions
  @OptionGroup var selection: SelectionArguments

  @Flag(help: "Prove the way back, and roll everything back.")
  var dryRun = false

  @Flag(name: .shortAndLong, help: "Do not ask.")
  var yes = false

  @Option(help: ArgumentHelp("How long a statement waits for a lock.", valueName: "seconds"))
  var lockTimeout = 5.0

  func validate() throws {
    guard lockTimeout >= 0 else { throw ValidationError("--lock-timeout cannot be negative.") }
  }

  func perform() async throws -> ExitStatus {
    let loaded = try LoadedProject(project)
    let target = try Target(options: target, of: loaded.project)
    guard !target.isReadOnly || dryRun else {
      throw CommandFailure(.usage, "revert changes the database: not with --read-only")
    }
    return try await TargetSession.with(target) { session in
      let assessment = try await session.assess(loaded, includingDependencies: true)
      let selected = try selected(in: assessment)
      let plan = RevertPlanner.plan(
        selected, of: assessment.loaded.project, graph: assessment.loaded.graph,
        statuses: assessment.statuses, isRehearsal: dryRun)
      guard plan.problems.isEmpty else { throw ProjectError(plan.problems) }
      guard !plan.steps.isEmpty else {
        if !output.json { Output.standard("Nothing to take back: nothing selected is applied.") }
        return .done
      }
      let runs = RunReader(connection: session.connection, project: loaded.project.name)
      let changes = try await session.look { _ in try await runs.changes() }
      let forecasts = plan.steps.map { step in
        RevertForecast(
          step, on: assessment.snapshot, role: session.connection.server.user,
          recorded: changes.first { $0.migration == step.migration.id && !$0.isEmpty })
      }
      let text = RevertText(plan: plan, isRehearsal: dryRun, style: TextStyle(output.color))
      let access =
        dryRun
        ? nil
        : AccessForecaster.forecast(plan, on: assessment.snapshot, role: session.connection.server.user)
      if !output.json {
        for forecast in forecasts { for line in text.lines(of: forecast) { Output.standard(line) } }
      }
      if let access { announce(access) }
      // A rehearsal takes locks, which a protected target's operator must want.
      if !dryRun || target.isProtected {
        let count = plan.steps.count
        let question =
          "\(dryRun ? "Rehearse taking" : "Take") back \(count) \(count == 1 ? "migration" : "migrations") on \(session.connection.server.database)?"
        let confirmation = Confirmation(
          isGiven: yes, typedName: protection.confirm, target: target, session: session)
        if target.isProtected, let access {
          let widenings = AccessAcknowledgement(access.widenings)
          guard try confirmation.acknowledge(widenings, given: acknowledgement.acknowledgeAccess) else {
            return .stopped
          }
        }
        guard try confirmation.ask(question) else { return .stopped }
      }
      return try await session.unlocked { session in
        try await run(
          plan, forecasts, access, limit: target.isProtected ? access.map(AccessLimit.init) : nil, text,
          of: loaded.project, over: session)
      }
    }
  }

  /// Says how access changes: with the rest of the forecast, or beside a document.
  private func announce(_ access: AccessOutlook) {
    let style = TextStyle(output.color, descriptor: output.json ? STDERR_FILENO : STDOUT_FILENO)
    for line in AccessOutlookText(forecast: access, style: style).lines {
      if output.json { Output.error(line) } else { Output.standard(line) }
    }
  }

  /// What is selected; without a selector the last that is in.
  private func selected(in assessment: Assessment) throws -> [MigrationID] {
    guard selection.selectors.isEmpty else { return try assessment.select(selection.selectors) }
    let applied = Set(
      assessment.statuses.filter { $0.state == .applied || $0.state == .changed }.map(\.id))
    guard let last = assessment.loaded.graph.order.last(where: applied.contains) else {
      throw CommandFailure(.usage, "nothing is applied, so there is nothing to take back")
    }
    return [last]
  }

  private func run(
    _ plan: RevertPlan, _ forecasts: [RevertForecast], _ access: AccessOutlook?, limit: AccessLimit?,
    _ text: RevertText, of project: Project, over session: TargetSession
  ) async throws -> ExitStatus {
    try await session.refuseLentSession()
    if !dryRun { try await session.waitForHistory() }
    let connection = session.connection
    var scope = project.snapshotScope
    scope.includesSizes = false
    let scopeOfRun = scope
    let environment = RunEnvironment(
      now: { Clock.now() }, uptime: { Clock.uptime() },
      sleep: { try await Pause.sleep(seconds: $0) }, random: { Double.random(in: 0...1) },
      evidence: { _, _ in Evidence() },
      accessChange: { AccessComparison(from: AccessMatrix($0), to: AccessMatrix($1)).change },
      snapshot: { try await CatalogReader(connection).snapshot(scopeOfRun) },
      source: { try $0.source(of: project, in: .local) })
    let isJSON = output.json
    let events = RevertEvents()
    let control = limit != nil && !isJSON && isatty(STDIN_FILENO) == 1 ? RunControl() : nil
    let asker = control.map { StepPrompt(control: $0) }
    let reverter = Reverter(
      connection: connection, project: project.name, identity: .current(),
      lockTimeoutMilliseconds: Int(lockTimeout * 1_000), environment: environment,
      accessLimit: limit, control: control
    ) { event in
      events.add(event)
      if !isJSON { for line in text.lines(for: event) { Output.standard(line) } }
      if case .widened(_, let cells) = event { asker?.ask(about: nil, reason: .widened(cells)) }
    }
    let isRehearsal = dryRun
    let work = Task {
      isRehearsal ? try await reverter.rehearse(plan) : try await reverter.revert(plan.steps)
    }
    let interruption = Interruption {
      work.cancel()
      if let control { Task { await control.post(.abort) } }
    }
    defer { interruption.stop() }
    let outcome = try await session.namingHolders { try await work.value }
    if output.json {
      let document = RevertDocument(
        forecasts: forecasts, access: access, isRehearsal: dryRun, isDone: outcome == .done)
      Output.standard(document.json(reverted: events.reverted, differences: events.differences).indentedText)
    } else {
      Output.standard("")
      Output.standard(text.conclusion(outcome, after: events.failure))
    }
    switch outcome {
    case .done: return .done
    case .failed: return .failed
    case .aborted: return .stopped
    }
  }
}
