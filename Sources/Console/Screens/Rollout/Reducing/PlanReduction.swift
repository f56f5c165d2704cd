import Migrations

/// From the choice to a run: plan, question, start.
extension Reduction {
  /// Shows the plan of what is chosen; with a mode, asks whether to run it so.
  mutating func plan(mode: RunMode?) {
    if case .plan(let overlay) = state.overlays.last, let plan = overlay.plan, let mode {
      ask(toRun: plan, mode: mode)
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
    // A question must not jump under the fingers of somebody who has opened another window meanwhile.
    guard index == state.overlays.count - 1, let mode = overlay.mode, plan.problems.isEmpty,
      !plan.steps.isEmpty
    else { return }
    ask(toRun: plan, mode: mode)
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
  }

  private func planOverlay(_ request: Int) -> Int? {
    state.overlays.lastIndex { if case .plan(let overlay) = $0 { overlay.request == request } else { false } }
  }

  private mutating func ask(toRun plan: Plan, mode: RunMode) {
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
    state.overlays.append(
      .confirmation(
        Confirmation(
          title: "\(mode.titleVerb) \(what)?", lines: lines, verb: verb, deed: .startRun(plan, mode),
          name: state.confirmationName)))
  }
}
