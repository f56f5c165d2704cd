import Display
import Migrations

/// Keeps cursors and viewports within what there is, after every action.
extension Reduction {
  mutating func settle() {
    followRun()
    let layout = state.layout
    state.list.position.settle(count: state.list.rows.count, height: layout.height(of: .phases))
    if state.panesOwner != state.shownMigration {
      state.panesOwner = state.shownMigration
      state.verificationTop = 0
      state.statements = ListPosition()
    }
    if state.followsRun, state.isRunning, let id = state.run?.current,
      let current = state.run?.migrations[id]?.currentStatement
    {
      state.statements.cursor = current
    }
    state.statements.settle(count: state.shownStatements.count, height: layout.height(of: .statements))
    settleGraph()
    settleVerification(layout)
    settleOverlay()
  }

  private mutating func followRun() {
    guard state.isRunning, state.followsRun, let current = state.run?.current else { return }
    state.list.reveal(current)
  }

  /// Shows the neighbourhood of the shown migration, with itself in the middle until the cursor is moved.
  private mutating func settleGraph() {
    let id = state.shownMigration
    let statuses = state.statuses
    let rows = id.flatMap { id in
      state.model.flatMap { model in
        model.contains(id)
          ? GraphRows(model.graph.neighbourhood(of: id) { statuses.state(of: $0)?.canRun != false }) : nil
      }
    }
    let held = state.graphRows.flatMap { old in
      old.rows.indices.contains(state.graph.cursor) ? old.rows[state.graph.cursor].migration : nil
    }
    let isSame = rows != nil && state.graphRows?.centreMigration == rows?.centreMigration
    state.graphRows = rows
    guard let rows else { return }
    let height = state.graphHeight
    if isSame, state.focus == .graph {
      state.graph.cursor = rows.rows.firstIndex { $0.migration == held } ?? rows.centre
    } else {
      state.graph.cursor = rows.centre
      state.graph.top = rows.centre - height / 2
    }
    state.graph.settle(count: rows.rows.count, height: height)
  }

  private mutating func settleVerification(_ layout: ScreenLayout) {
    let area = layout.contents(of: .verification)
    let count = VerificationContent(state, columns: area.columns).count
    state.verificationTop = min(max(0, state.verificationTop), max(0, count - area.rows))
  }

  private mutating func settleOverlay() {
    guard let overlay = state.overlays.last else { return }
    let hidden = max(0, state.overlayLineCount - state.overlayHeight)
    let wanted = min(max(0, overlay.scroll), hidden)
    // The log counts from its end, so what moves it forward moves its number back.
    let distance = wanted - overlay.scroll
    if case .log = overlay {
      state.overlays[state.overlays.count - 1] = .log(fromEnd: wanted)
    } else {
      state.overlays[state.overlays.count - 1] = overlay.scrolled(by: distance)
    }
  }
}
