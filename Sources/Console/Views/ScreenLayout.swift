import Display

/// Where everything stands on a screen of some size; reducer and view ask the same.
struct ScreenLayout: Sendable, Hashable {
  /// Below this nothing sensible can be shown.
  static let smallest = Size(columns: 40, rows: 10)

  let isTooSmall: Bool
  let header: Area
  let status: Area
  let body: Area
  let log: Area
  let hints: Area
  private var panes: [Pane: Area] = [:]

  init(size: Size, focus: Pane, sidePane: Pane, isZoomed: Bool, isRunning: Bool = false) {
    isTooSmall = size.columns < Self.smallest.columns || size.rows < Self.smallest.rows
    let screen = Area(size)
    let isLow = size.rows < 16
    (header, status, body, log, hints) = Self.strips(of: screen, isLow: isLow)
    guard !isTooSmall else { return }
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

  /// The lines that a pane can show.
  func height(of pane: Pane) -> Int { contents(of: pane).rows }

  /// Where windows may stand: over the panes, never over the log and the hints.
  var overlays: Area {
    Area(column: 0, row: header.endRow, columns: body.columns, rows: body.endRow - header.endRow)
  }

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

  private static func strips(of screen: Area, isLow: Bool) -> (Area, Area, Area, Area, Area) {
    let logRows =
      switch screen.rows {
      case ..<16: 1
      case ..<30: 2
      case ..<50: 3
      default: 5
      }
    let (header, belowHeader) = screen.splitAtTop(rows: 1)
    let (status, belowStatus) = belowHeader.splitAtTop(rows: isLow ? 0 : 1)
    let (body, belowBody) = belowStatus.splitAtTop(rows: belowStatus.rows - logRows - 1)
    let (log, hints) = belowBody.splitAtTop(rows: logRows)
    return (header, status, body, log, hints)
  }
}

extension ConsoleState {
  /// Where everything stands now.
  var layout: ScreenLayout {
    ScreenLayout(size: size, focus: focus, sidePane: sidePane, isZoomed: isZoomed, isRunning: isRunning)
  }

  /// The rows of the graph pane that the graph has: with the keys in it, the last ones give the reason for an edge.
  var graphHeight: Int {
    let height = layout.height(of: .graph)
    return focus == .graph && height >= 10 ? height - 5 : height
  }
}
