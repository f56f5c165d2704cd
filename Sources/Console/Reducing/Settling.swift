/// Keeps cursors and viewports within what there is, after every action.
extension Reduction {
  mutating func settle() {
    state.shown.settle(&self)
    settleOverlay()
  }

  private mutating func settleOverlay() {
    guard let overlay = state.overlays.last else { return }
    // Where there is a cursor, it is the cursor that must stay within the lines.
    if case .rows(var rows) = overlay {
      rows.settle(height: state.overlayHeight)
      state.overlays[state.overlays.count - 1] = .rows(rows)
      return
    }
    if case .replay(var replay) = overlay {
      replay.settle(height: state.overlayHeight)
      state.overlays[state.overlays.count - 1] = .replay(replay)
      return
    }
    if case .diagram(var diagram) = overlay {
      diagram.settle(columns: state.diagramColumns, height: state.overlayHeight)
      state.overlays[state.overlays.count - 1] = .diagram(diagram)
      return
    }
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
