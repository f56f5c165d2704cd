import Display

/// What clicks and the wheel do.
extension Reduction {
  mutating func take(_ event: MouseEvent) {
    state.refusal = nil
    switch event.kind {
    case .press: click(event.point)
    case .wheelUp: turn(-Self.wheelLines, at: event.point)
    case .wheelDown: turn(Self.wheelLines, at: event.point)
    }
  }

  private mutating func click(_ point: Point) {
    // A question is answered by keys: a click beside it must not do anything.
    guard state.overlays.isEmpty, state.context == .panes || state.context == .filter else { return }
    let layout = state.layout
    if layout.tabs.contains(point) {
      if let screen = TabsView(state: state).screen(at: point, in: layout.tabs) { show(screen) }
    } else if layout.body.contains(point), state.model != nil {
      state.isFiltering = false
      state.shown.click(point, &self)
    }
  }

  private mutating func turn(_ lines: Int, at point: Point) {
    if !state.overlays.isEmpty {
      scrollOverlay(.lines(lines))
    } else if state.layout.body.contains(point), state.model != nil {
      state.shown.turnWheel(lines, at: point, &self)
    }
  }

  private static let wheelLines = 3
}
