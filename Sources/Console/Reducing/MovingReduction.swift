/// Moving in windows, else on the screen that is shown.
extension Reduction {
  mutating func move(_ movement: Movement) {
    if state.overlays.isEmpty {
      state.shown.move(movement, &self)
    } else {
      scrollOverlay(movement)
    }
  }

  mutating func moveSideways(_ direction: Int) {
    if case .statement(var overlay) = state.overlays.last {
      overlay.column = max(0, overlay.column + 8 * direction)
      state.overlays[state.overlays.count - 1] = .statement(overlay)
    } else {
      state.shown.moveSideways(direction, &self)
    }
  }
}
