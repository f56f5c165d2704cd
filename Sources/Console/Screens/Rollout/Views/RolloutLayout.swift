import Display

/// Where the panes of the Rollout screen stand; they fold as the terminal narrows.
struct RolloutLayout: Sendable, Hashable {
  private var panes: [Pane: Area] = [:]

  init(body: Area, focus: Pane, sidePane: Pane, isZoomed: Bool, isRunning: Bool = false) {
    if isZoomed {
      panes[focus] = body
      return
    }
    // A low screen shows either the list with its neighbours, or the statements.
    let hasBoth = body.rows >= 14
    if !hasBoth, focus == .statements {
      panes[.statements] = body
      return
    }
    // During a run the statements are what is looked at.
    let share = isRunning ? 50 : 36
    let lower = hasBoth ? min(max(6, body.rows * share / 100), isRunning ? 24 : 18) : 0
    let (top, bottom) = body.splitAtTop(rows: body.rows - lower)
    if hasBoth { panes[.statements] = bottom }
    place(in: top, focus: focus, sidePane: sidePane)
  }

  /// The pane with its frame, if it is on the screen.
  func area(of pane: Pane) -> Area? { panes[pane] }

  /// The pane without its frame; empty if it is not on the screen.
  func contents(of pane: Pane) -> Area {
    panes[pane]?.inset(columns: 1, rows: 1) ?? Area(column: 0, row: 0, columns: 0, rows: 0)
  }

  /// The pane at a cell.
  func pane(at point: Point) -> Pane? { Pane.allCases.first { panes[$0]?.contains(point) == true } }

  /// The lines that a pane can show.
  func height(of pane: Pane) -> Int { contents(of: pane).rows }

  private mutating func place(in top: Area, focus: Pane, sidePane: Pane) {
    let columns = top.columns
    if columns >= 110 {
      // Where there is room for whole names in the list, the reasons and objects beside it get the rest.
      let isWide = columns >= 160
      let (left, rest) = top.splitAtLeft(columns: columns * (isWide ? 36 : 44) / 100)
      let (middle, right) = rest.splitAtLeft(columns: columns * (isWide ? 32 : 28) / 100)
      panes[.phases] = left
      panes[.graph] = middle
      panes[.verification] = right
    } else if columns >= 64 {
      let (left, right) = top.splitAtLeft(columns: columns * 58 / 100)
      panes[.phases] = left
      panes[sidePane] = right
    } else {
      panes[focus == .graph || focus == .verification ? focus : .phases] = top
    }
  }
}

extension ConsoleState {
  /// Where the panes of the Rollout screen stand now.
  var rolloutLayout: RolloutLayout {
    RolloutLayout(
      body: layout.body, focus: rollout.focus, sidePane: rollout.sidePane, isZoomed: rollout.isZoomed,
      isRunning: isRunning)
  }

  /// The rows of the graph pane that the graph has: with the keys in it, the last ones give the reason for an edge.
  var graphHeight: Int {
    let height = rolloutLayout.height(of: .graph)
    return rollout.focus == .graph && height >= 10 ? height - 5 : height
  }
}
