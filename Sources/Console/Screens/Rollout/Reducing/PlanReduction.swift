import Migrations
import Verification

/// From the choice to a run: plan, question, start.
extension Reduction {
  /// Shows the plan of what is chosen; with a mode, asks whether to run it so.
  mutating func plan(mode: RunMode?) {
    if case .plan(var overlay) = state.overlays.last, let plan = overlay.plan, let mode {
      if needsAccess(mode), overlay.access == nil {
        // The question comes with what is known of access.
        overlay.mode = mode
        state.overlays[state.overlays.count - 1] = .plan(overlay)
      } else {
        ask(toRun: plan, mode: mode, overlay.access)
      }
      return
    }
    guard let model = state.model else { return }
    state.planRequests += 1
    state.overlays.append(
      .plan(PlanOverlay(request: state.planRequests, mode: mode, result: .waiting(since: now))))
    effects.append(.computePlan(state.rollout.selection.ordered(in: model), request: state.planRequests))
  }

  mutating func takePlan(_ plan: Plan, request: Int) {
    guard let index = planOverlay(request), case .plan(var overlay) = state.overlays[index] else { return }
    overlay.result = .plan(plan)
    state.overlays[index] = .plan(overlay)
    guard let mode = overlay.mode, !needsAccess(mode) else { return }
    askUnprompted(index, overlay)
  }

  mutating func takeAccess(_ forecast: AccessOutlook, request: Int) {
    guard let index = planOverlay(request), case .plan(var overlay) = state.overlays[index] else { return }
    overlay.access = forecast
    state.overlays[index] = .plan(overlay)
    guard let mode = overlay.mode, needsAccess(mode) else { return }
    askUnprompted(index, overlay)
  }

  mutating func takeLints(_ findings: [Finding], request: Int) {
    guard let index = planOverlay(request), case .plan(var overlay) = state.overlays[index] else { return }
    overlay.lints = findings
    state.overlays[index] = .plan(overlay)
  }

  /// Whether a run must not begin before it is known how access changes.
  private func needsAccess(_ mode: RunMode) -> Bool {
    state.confirmationName != nil && mode != .dryRun
  }

  private mutating func askUnprompted(_ index: Int, _ overlay: PlanOverlay) {
    // A question must not jump under the fingers of somebody who has opened another window meanwhile.
    guard index == state.overlays.count - 1, let mode = overlay.mode, let plan = overlay.plan,
      plan.problems.isEmpty, !plan.steps.isEmpty
    else { return }
    ask(toRun: plan, mode: mode, overlay.access)
  }

  mutating func takePlanFailure(_ trouble: Trouble, request: Int) {
    note(trouble)
    guard let index = planOverlay(request), case .plan(var overlay) = state.overlays[index] else { return }
    overlay.result = .failed(trouble)
    state.overlays[index] = .plan(overlay)
  }

  mutating func start(_ plan: Plan, mode: RunMode) {
    state.overlays = []
    state.run = RunProgress(plan: plan, mode: mode, startedAt: now)
    state.rollout.followsRun = true
    note(
      .information, "\(mode.titleVerb) \(Amounts.count(plan.steps.count, "migration")) on \(state.targetName)"
    )
    effects.append(.startRun(plan, mode))
    for breakpoint in state.rollout.breakpoints.sorted(by: Breakpoint.isBefore)
    where state.run?.step(breakpoint.migration) != nil {
      effects.append(.send(.setBreakpoint(breakpoint.migration, statement: breakpoint.statement)))
    }
  }

  private func planOverlay(_ request: Int) -> Int? {
    state.overlays.lastIndex { if case .plan(let overlay) = $0 { overlay.request == request } else { false } }
  }

  private mutating func ask(toRun plan: Plan, mode: RunMode, _ access: AccessOutlook?) {
    let what = Amounts.count(plan.steps.count, "migration")
    let address = state.connection.server?.address ?? state.targetName
    var lines = ["On \(state.targetName), \(address)."]
    let strong = plan.steps.count { $0.strongestLock?.keepsReadersOut == true }
    if strong > 0 {
      lines.append(
        "\(strong) of \(plan.steps.count) lock tables against everybody else (ACCESS EXCLUSIVE) while they run."
      )
    }
    let loose = plan.steps.filter { if case .statementByStatement = $0.mode { true } else { false } }
    if mode != .dryRun, !loose.isEmpty {
      lines.append(
        "\(loose.map(\.migration.id.rawValue).joined(separator: ", ")) cannot run in one transaction: "
          + "what is done before a failure stays.")
    }
    if mode == .dryRun { lines.append("Everything is rolled back at the end; locks are taken meanwhile.") }
    let verb =
      switch mode {
      case .straight: "apply"
      case .step: "begin"
      case .dryRun: "dry run"
      }
    let widenings = mode == .dryRun ? [] : access?.widenings ?? []
    state.overlays.append(
      .confirmation(
        Confirmation(
          title: "\(mode.titleVerb) \(what)?", lines: lines, verb: verb, deed: .startRun(plan, mode),
          warnings: Self.warnings(widenings),
          acknowledgements: needsAccess(mode) ? AccessAcknowledgement(widenings).phrases : [],
          name: state.confirmationName)))
  }

  /// What widens, as far as a small window holds it; the plan behind it has everything.
  private static func warnings(_ widenings: [AccessChange.Cell]) -> [String] {
    let sentences = AccessChange(widenings).sentences
    let shown = sentences.prefix(4).map { "widens  \($0.text)" }
    return sentences.count > 4 ? shown + ["widens  \(sentences.count - 4) more, see the plan"] : shown
  }
}
