import Display
import Migrations

extension RolloutScreen: ConsoleScreen {
  static let screen = Screen.rollout
  static var path: any WritableKeyPath<ConsoleState, RolloutScreen> & Sendable { \.rollout }
  static let commands = ConsoleCommand.runCommands + ConsoleCommand.choosingCommands

  // What it shows is read for all screens, and told by events of the run.
  static func appear(_ reduction: inout Reduction) {}
  static func forget(_ reduction: inout Reduction) {}
  // The list is of the project, which stays.
  static func leaveTarget(_ reduction: inout Reduction) {}
  static func take(
    _ answer: Result<ScreenAnswer, Trouble>, to request: ScreenRequest, _ reduction: inout Reduction
  ) {
    switch answer {
    case .success(.rollout(.activity(let activity))): reduction.takeActivity(activity)
    case .success(.rollout(.inside(let snapshot, let committed))):
      reduction.takeInside(snapshot, committed: committed)
    case .failure(let trouble) where request == .rollout(.lookInside): reduction.refuse(trouble.message)
    // A look that does not come is tried again a second later: it must not disturb who steps through a run.
    default: break
    }
  }
  static func settle(_ reduction: inout Reduction) { reduction.settleRollout() }

  static func move(_ movement: Movement, _ reduction: inout Reduction) { reduction.moveInRollout(movement) }
  static func moveSideways(_ direction: Int, _ reduction: inout Reduction) { reduction.fold(direction) }
  static func focusNext(_ direction: Int, _ reduction: inout Reduction) { reduction.focusNextPane(direction) }
  static func open(_ reduction: inout Reduction) { reduction.openInRollout() }
  static func toggleZoom(_ reduction: inout Reduction) { reduction.state.rollout.isZoomed.toggle() }

  static func click(_ point: Point, _ reduction: inout Reduction) { reduction.clickInRollout(point) }

  static func turnWheel(_ lines: Int, at point: Point, _ reduction: inout Reduction) {
    guard let pane = reduction.state.rolloutLayout.pane(at: point) else { return }
    let held = reduction.state.rollout.focus
    reduction.state.rollout.focus = pane
    reduction.moveInRollout(.lines(lines))
    reduction.state.rollout.focus = held
  }

  static func filter(_ state: ConsoleState) -> FilterStatus? {
    FilterStatus(
      text: state.rollout.list.filter, matches: state.rollout.list.matches,
      total: state.model?.project.migrations.count ?? 0)
  }

  static func setFilter(_ text: String, _ reduction: inout Reduction) {
    reduction.state.rollout.focus = .phases
    reduction.state.rollout.list.setFilter(text)
  }

  static func moveToMatch(_ direction: Int, _ reduction: inout Reduction) {
    reduction.stopFollowing()
    reduction.state.rollout.list.moveToMigration(direction: direction)
  }

  static func subject(_ state: ConsoleState) -> Subject? { state.shownMigration.map(Subject.migration) }

  static func show(_ subject: Subject, _ reduction: inout Reduction) -> Bool {
    guard case .migration(let id) = subject, reduction.state.model?.contains(id) == true else { return false }
    reduction.goTo(id)
    return true
  }

  static func textUnderCursor(_ state: ConsoleState) -> String? { state.textInRollout }
  static func fileUnderCursor(_ state: ConsoleState) -> FileLocation? { state.fileInRollout }

  static func summary(_ state: ConsoleState) -> (left: Line, right: Line) {
    let summary = RolloutSummary(state: state)
    return (summary.counts, summary.choice)
  }

  static func draw(_ state: ConsoleState, on canvas: inout Canvas, in area: Area) {
    let layout = state.rolloutLayout
    PhasesView(state: state).draw(on: &canvas, in: layout.area(of: .phases))
    GraphView(state: state).draw(on: &canvas, in: layout.area(of: .graph))
    VerificationView(state: state).draw(on: &canvas, in: layout.area(of: .verification))
    StatementsView(state: state).draw(on: &canvas, in: layout.area(of: .statements))
  }
}
