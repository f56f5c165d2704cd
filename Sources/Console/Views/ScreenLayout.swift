import Display

/// Where everything stands on a screen of some size that all screens have; reducer and view ask the same.
struct ScreenLayout: Sendable, Hashable {
  /// Below this nothing sensible can be shown.
  static let smallest = Size(columns: 40, rows: 10)

  let isTooSmall: Bool
  let header: Area
  let tabs: Area
  let status: Area
  /// What a screen has for itself.
  let body: Area
  let log: Area
  let hints: Area

  init(size: Size) {
    isTooSmall = size.columns < Self.smallest.columns || size.rows < Self.smallest.rows
    let isLow = size.rows < 16
    let logRows =
      switch size.rows {
      case ..<16: 1
      case ..<30: 2
      case ..<50: 3
      default: 5
      }
    let (header, belowHeader) = Area(size).splitAtTop(rows: 1)
    let (tabs, belowTabs) = belowHeader.splitAtTop(rows: isLow ? 0 : 1)
    let (status, belowStatus) = belowTabs.splitAtTop(rows: isLow ? 0 : 1)
    let (body, belowBody) = belowStatus.splitAtTop(rows: belowStatus.rows - logRows - 1)
    (self.header, self.tabs, self.status, self.body) = (header, tabs, status, body)
    (log, hints) = belowBody.splitAtTop(rows: logRows)
  }

  /// Where windows may stand: over the panes, never over the log and the hints.
  var overlays: Area {
    Area(column: 0, row: header.endRow, columns: body.columns, rows: body.endRow - header.endRow)
  }
}

extension ConsoleState {
  /// Where everything stands now.
  var layout: ScreenLayout { ScreenLayout(size: size) }
}
