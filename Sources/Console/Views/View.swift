import Display

/// Draws a state: a pure function, the same state always gives the same frame.
///
/// - Parameter earlier: what is shown, if the panes that only follow may stay as they are there: they are not even laid out.
public func view(_ state: ConsoleState, behind earlier: Frame? = nil) -> Frame {
  var canvas = Canvas(size: state.size, theme: state.theme, glyphs: state.glyphs, earlier: earlier)
  let layout = state.layout
  if layout.isTooSmall {
    drawTooSmall(state, on: &canvas)
    return canvas.frame
  }
  HeaderView(state: state).draw(on: &canvas, in: layout.header)
  TabsView(state: state).draw(on: &canvas, in: layout.tabs)
  drawSummary(state, on: &canvas, in: layout.status)
  if state.model == nil {
    OpeningView(state: state).draw(on: &canvas, in: layout.body)
  } else {
    state.shown.draw(state, on: &canvas, in: layout.body)
  }
  LogView(state: state).draw(on: &canvas, in: layout.log)
  if state.context == .commandLine {
    CommandLineView(state: state).draw(on: &canvas, layout: layout)
  } else {
    HintsView(state: state).draw(on: &canvas, in: layout.hints)
  }
  OverlayView(state: state).draw(on: &canvas, in: layout.overlays)
  return canvas.isPastSeenThrough ? view(state) : canvas.frame
}

/// The line under the tabs: what the screen says in one line.
private func drawSummary(_ state: ConsoleState, on canvas: inout Canvas, in area: Area) {
  guard !area.isEmpty, state.model != nil else { return }
  let inner = area.inset(columns: 1)
  let (left, right) = state.shown.summary(state)
  let start = right.isEmpty ? inner.endColumn : canvas.draw(right: right, in: inner)
  let room = start - inner.column - (right.isEmpty ? 0 : 1)
  canvas.draw(left, at: Point(column: inner.column, row: inner.row), columns: room)
}

private func drawTooSmall(_ state: ConsoleState, on canvas: inout Canvas) {
  let least = ScreenLayout.smallest
  var lines = [
    Line("Signalbox needs \(least.columns) columns", .warning),
    Line("and \(least.rows) rows; here are \(state.size.columns)", .warning),
    Line("columns and \(state.size.rows) rows.", .warning),
  ]
  if state.isRunning { lines.append(Line("The run goes on.", .running)) }
  canvas.draw(lines, in: Area(state.size))
}

extension ConsoleState {
  /// The picture of what is under way at this moment.
  var spinner: Text {
    let pictures = glyphs.spinner
    let beat = Int(exactly: (now / Self.heartbeat).rounded(.down)) ?? 0
    return pictures[((beat % pictures.count) + pictures.count) % pictures.count]
  }
}
