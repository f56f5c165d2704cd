import Display
import Migrations

extension ConsoleCommand {
  /// Choosing migrations, planning and starting runs.
  static let choosingCommands: [ConsoleCommand] = [
    ConsoleCommand(
      [.character("t")], "Go to the object",
      help:
        "Shows what the statement, or the migration, under the cursor makes on the Schema screen; Back returns.",
      section: .looking,
      when: {
        $0.objectInRollout == nil
          ? .unavailable("nothing that it makes is in the catalog", isOffered: false) : .available
      }
    ) { reduction in
      if let object = reduction.state.objectInRollout { reduction.jump(to: .object(object), on: .schema) }
    },
    ConsoleCommand(
      [.character(" ")], "Choose", hint: "choose",
      help: "Chooses the migration under the cursor, or all of the phase, together with what it needs; "
        + "again takes it back.",
      section: .choosing, when: { $0.isRunning ? .hidden : $0.reading }
    ) { $0.toggleChoice() },
    ConsoleCommand(
      [.character("*")], "Choose all pending", hint: "all",
      help: "Chooses everything that can run; again chooses nothing.", section: .choosing,
      when: { $0.isRunning ? .hidden : $0.reading }
    ) { $0.toggleAll() },
    ConsoleCommand(
      [.character("p")], "Plan", hint: "plan",
      help: "Shows what would run: steps, transactions, locks.", section: .choosing,
      when: { $0.isRunning ? .hidden : $0.planning }
    ) { $0.plan(mode: nil) },
    ConsoleCommand(
      [.character("a")], "Apply", hint: "apply",
      help: "Runs what is chosen, after showing the plan and asking.", section: .choosing,
      in: [.panes, .plan], danger: .changesTarget,
      when: { $0.isRunning ? .hidden : $0.startingHere }
    ) { $0.plan(mode: .straight) },
    ConsoleCommand(
      [.character("s")], "Step", hint: "step",
      help: "Runs what is chosen and waits before every statement, after showing the plan and asking.",
      section: .choosing, in: [.panes, .plan], danger: .changesTarget,
      when: { $0.isRunning ? .hidden : $0.startingHere }
    ) { $0.plan(mode: .step) },
    ConsoleCommand(
      [.character("d")], "Dry run", hint: "dry run",
      help: "Runs what is chosen, verifies it, shows what would change, and rolls everything back.",
      section: .choosing, in: [.panes, .plan], danger: .changesTarget,
      when: { $0.isRunning ? .hidden : $0.startingHere }
    ) { $0.plan(mode: .dryRun) },
    ConsoleCommand(
      [.character("A")], "Adopt", hint: "adopt",
      help: "Records migrations that are in the database without history as applied; nothing is run.",
      section: .choosing, danger: .changesTarget,
      when: { state in
        if state.isRunning || state.statuses.adoptable.isEmpty { return .hidden }
        return state.changing
      }
    ) { $0.offerAdoption() },
  ]
}

extension ConsoleState {
  /// Whether the command under the plan on top, or among the panes, can start a run.
  fileprivate var startingHere: ConsoleCommand.Availability {
    guard case .plan(let overlay) = overlays.last else { return starting }
    guard changing == .available else { return changing }
    switch overlay.result {
    case .waiting: return .unavailable("the plan is not there yet")
    case .failed: return .unavailable("there is no plan")
    case .plan(let plan):
      if !plan.problems.isEmpty { return .unavailable("the plan has problems") }
      return plan.steps.isEmpty ? .unavailable("there is nothing to run") : .available
    }
  }
}
