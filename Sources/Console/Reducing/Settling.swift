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
    settleGraph(height: layout.height(of: .graph))
    settleVerification(layout)
    settleOverlay()
  }

  private mutating func followRun() {
    guard state.isRunning, state.followsRun, let current = state.run?.current else { return }
    state.list.reveal(current)
  }

  /// Keeps the node of the shown migration in sight, with some of what is around it.
  private mutating func settleGraph(height: Int) {
    guard let model = state.model, height > 0 else { return }
    let count = model.graphRows.count
    if let id = state.shownMigration, let line = model.drawingLine(of: id) {
      let margin = min(3, (height - 1) / 2)
      if line < state.graphTop + margin { state.graphTop = line - margin }
      if line >= state.graphTop + height - margin { state.graphTop = line - height + 1 + margin }
    }
    state.graphTop = min(max(0, state.graphTop), max(0, count - height))
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
