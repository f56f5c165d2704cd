import Display

/// A list and the details of what its cursor is on: which has the keys, and where each stands.
struct TwoPanes: Sendable, Hashable {
  var focus = Side.list
  /// Whether the pane with the keys has the whole screen.
  var isZoomed = false

  /// The two panes.
  enum Side: Sendable, Hashable {
    case list
    case detail
  }

  /// How the panes stand where there is room for both.
  enum Arrangement: Sendable, Hashable {
    /// The details at the right of the list, which gets this part of the columns, in hundredths.
    case beside(list: Int)
    /// The details below the list, which gets this part of the rows, in hundredths.
    case below(list: Int)
  }

  mutating func focusOther() { focus = focus == .list ? .detail : .list }

  /// Where the panes stand; nil for one that is not on the screen, which then has the keys or is one key away.
  func areas(in body: Area, _ arrangement: Arrangement) -> (list: Area?, detail: Area?) {
    let isAlone: Bool
    switch arrangement {
    case .beside: isAlone = body.columns < 64
    case .below: isAlone = body.rows < 12
    }
    if isZoomed || isAlone { return focus == .list ? (body, nil) : (nil, body) }
    switch arrangement {
    case .beside(let share):
      let (list, detail) = body.splitAtLeft(columns: body.columns * share / 100)
      return (list, detail)
    case .below(let share):
      let (list, detail) = body.splitAtTop(rows: max(5, body.rows * share / 100))
      return (list, detail)
    }
  }
}
