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
    let last = state.overlays.count - 1
    switch state.overlays.last {
    case .statement(var overlay):
      overlay.column = max(0, overlay.column + 8 * direction)
      state.overlays[last] = .statement(overlay)
    case .text(var overlay):
      overlay.column = max(0, overlay.column + 8 * direction)
      state.overlays[last] = .text(overlay)
    case .rows(var overlay):
      overlay.moveSideways(direction)
      state.overlays[last] = .rows(overlay)
    case .diagram(var overlay):
      overlay.moveSideways(direction)
      state.overlays[last] = .diagram(overlay)
    default: state.shown.moveSideways(direction, &self)
    }
  }
}
