import Display
import Migrations

/// Keeps the cursors of the Rollout screen within what there is.
extension Reduction {
  mutating func settleRollout() {
    followRun()
    let layout = state.rolloutLayout
    state.rollout.list.position.settle(
      count: state.rollout.list.rows.count, height: layout.height(of: .phases))
    if state.rollout.panesOwner != state.shownMigration {
      state.rollout.panesOwner = state.shownMigration
      state.rollout.verificationTop = 0
      state.rollout.statements = ListPosition()
    }
    if state.rollout.followsRun, state.isRunning, let id = state.run?.current,
      let current = state.run?.migrations[id]?.currentStatement
    {
      state.rollout.statements.cursor = current
    }
    state.rollout.statements.settle(
      count: state.shownStatements.count, height: state.statementRows)
    settleGraph()
    settleVerification(layout)
  }

  private mutating func followRun() {
    guard state.isRunning, state.rollout.followsRun, let current = state.run?.current else { return }
    state.rollout.list.reveal(current)
  }

  /// Shows the neighbourhood of the shown migration, with itself in the middle until the cursor is moved.
  private mutating func settleGraph() {
    let id = state.shownMigration
    let statuses = state.statuses
    let group = id == nil ? state.rollout.list.cursorGroup : nil
    let rows =
      group.flatMap { index in state.model.map { graphRows(of: index, in: $0) } }
      ?? id.flatMap { id in
        state.model.flatMap { model in
          model.contains(id)
            ? GraphRows(model.graph.neighbourhood(of: id) { statuses.state(of: $0)?.canRun != false }) : nil
        }
      }
    let held = state.rollout.graphRows.flatMap { old in
      old.rows.indices.contains(state.rollout.graph.cursor)
        ? old.rows[state.rollout.graph.cursor].migration : nil
    }
    let isSame = rows != nil && state.rollout.graphRows?.centreMigration == rows?.centreMigration
    state.rollout.graphRows = rows
    guard let rows else { return }
    let height = state.graphHeight
    if isSame, state.rollout.focus == .graph {
      state.rollout.graph.cursor = rows.rows.firstIndex { $0.migration == held } ?? rows.centre
    } else {
      state.rollout.graph.cursor = rows.centre
      state.rollout.graph.top = rows.centre - height / 2
    }
    state.rollout.graph.settle(count: rows.rows.count, height: height)
  }

  /// The graph of a phase, which stays the same until the project is read again.
  private func graphRows(of group: Int, in model: ProjectModel) -> GraphRows {
    let group = state.rollout.list.groups[group]
    if let rows = state.rollout.graphRows, rows.group == group.name { return rows }
    return GraphRows(group, in: model.graph)
  }

  private mutating func settleVerification(_ layout: RolloutLayout) {
    guard state.rollout.verificationTop > 0 else {
      state.rollout.verificationTop = 0
      return
    }
    let area = layout.contents(of: .verification)
    let count = VerificationContent(state, columns: area.columns).count
    state.rollout.verificationTop = min(state.rollout.verificationTop, max(0, count - area.rows))
  }
}
