import Display
import Migrations

/// What keys do in a list and its details.
extension ListScreen {
  static func openRow(_ reduction: inout Reduction) -> Bool { false }

  static func listHead(_ state: ConsoleState, columns: Int) -> [Line] { [] }

  static func openPart(_ reduction: inout Reduction) -> Bool { false }

  static func detailNote(_ state: ConsoleState) -> Text { "" }

  static func detailSubject(_ state: ConsoleState) -> Subject? { subject(state) }

  static func move(_ movement: Movement, _ reduction: inout Reduction) {
    let areas = areas(reduction.state)
    switch reduction.state[keyPath: path].panes.focus {
    case .list:
      let distance = movement.distance(height: areas.list.map { rowsArea($0, reduction.state).rows } ?? 1)
      let count = reduction.state[keyPath: path].list.count
      reduction.state[keyPath: path].list.position.move(by: distance, count: count)
    case .detail:
      let distance = movement.distance(height: areas.detail?.inset(rows: 1).rows ?? 1)
      reduction.state[keyPath: path].detail.move(by: distance)
    }
  }

  static func moveSideways(_ direction: Int, _ reduction: inout Reduction) {
    reduction.state[keyPath: path].panes.focus = direction > 0 ? .detail : .list
  }

  static func focusNext(_ direction: Int, _ reduction: inout Reduction) {
    reduction.state[keyPath: path].panes.focusOther()
  }

  static func open(_ reduction: inout Reduction) {
    switch reduction.state[keyPath: path].panes.focus {
    case .list: if openRow(&reduction) { return }
    case .detail: if openPart(&reduction) { return }
    }
    reduction.state[keyPath: path].panes.focusOther()
  }

  static func toggleZoom(_ reduction: inout Reduction) {
    reduction.state[keyPath: path].panes.isZoomed.toggle()
  }

  static func click(_ point: Point, _ reduction: inout Reduction) {
    let areas = areas(reduction.state)
    if let area = areas.list, area.contains(point) {
      let wasFocused = reduction.state[keyPath: path].panes.focus == .list
      reduction.state[keyPath: path].panes.focus = .list
      let inside = rowsArea(area, reduction.state)
      let position = reduction.state[keyPath: path].list.position
      let row = position.top + point.row - inside.row
      guard inside.contains(point), row < reduction.state[keyPath: path].list.count else { return }
      reduction.state[keyPath: path].list.position.cursor = row
      if wasFocused, position.cursor == row { open(&reduction) }
    } else if let area = areas.detail, area.contains(point) {
      reduction.state[keyPath: path].panes.focus = .detail
      reduction.state[keyPath: path].detail.point(at: point.row - area.inset(rows: 1).row)
    }
  }

  static func turnWheel(_ lines: Int, at point: Point, _ reduction: inout Reduction) {
    let areas = areas(reduction.state)
    if areas.list?.contains(point) == true {
      let count = reduction.state[keyPath: path].list.count
      reduction.state[keyPath: path].list.position.move(by: lines, count: count)
    } else if areas.detail?.contains(point) == true {
      reduction.state[keyPath: path].detail.move(by: lines)
    }
  }

  static func filter(_ state: ConsoleState) -> FilterStatus? {
    let list = state[keyPath: path].list
    return FilterStatus(text: list.filter, matches: list.matches, total: list.total)
  }

  static func setFilter(_ text: String, _ reduction: inout Reduction) {
    reduction.state[keyPath: path].panes.focus = .list
    reduction.state[keyPath: path].list.setFilter(text)
  }

  static func moveToMatch(_ direction: Int, _ reduction: inout Reduction) {
    reduction.state[keyPath: path].list.moveToMatch(direction)
  }

  static func fileUnderCursor(_ state: ConsoleState) -> FileLocation? {
    guard let id = migrationUnderCursor(state), let migration = state.model?.migration(id) else { return nil }
    return FileLocation(file: migration.file)
  }

  static func settle(_ reduction: inout Reduction) { reduction.settleList(Self.self) }

  /// Where the rows stand in the pane of the list: below what stays.
  static func rowsArea(_ pane: Area, _ state: ConsoleState) -> Area {
    let inside = pane.inset(columns: 1, rows: 1)
    return inside.splitAtTop(rows: listHead(state, columns: inside.columns - 1).count).rest
  }

  fileprivate static func areas(_ state: ConsoleState) -> (list: Area?, detail: Area?) {
    state[keyPath: path].panes.areas(in: state.layout.body, arrangement)
  }
}

extension Reduction {
  /// Brings the cursors of a list and its details within what there is.
  mutating func settleList<Parts: ListScreen>(_ parts: Parts.Type) {
    let areas = Parts.areas(state)
    let count = state[keyPath: Parts.path].list.count
    if let area = areas.list {
      let height = Parts.rowsArea(area, state).rows
      state[keyPath: Parts.path].list.position.settle(count: count, height: height)
    }
    let inside = areas.detail?.inset(columns: 1, rows: 1)
    let text = inside.map { Parts.detailText(state, columns: $0.columns - 1) } ?? DetailText()
    let subject = Parts.detailSubject(state)
    state[keyPath: Parts.path].detail.settle(subject: subject, text: text, height: inside?.rows ?? 0)
  }

  /// Moves the cursor of the details to the first line about a part.
  mutating func selectPart<Parts: ListScreen>(_ part: Subject, _ parts: Parts.Type) {
    guard let inside = Parts.areas(state).detail?.inset(columns: 1, rows: 1) else { return }
    let text = Parts.detailText(state, columns: inside.columns - 1)
    state[keyPath: Parts.path].detail.select(part, in: text)
  }
}
