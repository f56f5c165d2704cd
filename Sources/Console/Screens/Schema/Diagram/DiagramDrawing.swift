import Display

/// A laid-out diagram as lines of text.
struct DiagramDrawing: Sendable {
  /// A cell of a wire: the directions in which it goes on, and the wires that it is of.
  private struct Cell: Sendable {
    var directions: UInt8 = 0
    var tables: Set<Int> = []
    var key: DiagramLayout.Passing?
    var mark: DiagramLayout.Mark?
    var isMarkOnLeft = false
  }

  private enum Direction {
    static let up: UInt8 = 1
    static let down: UInt8 = 2
    static let left: UInt8 = 4
    static let right: UInt8 = 8
  }

  private let graph: TableGraph
  private let layout: DiagramLayout
  private var cells: [Point: Cell] = [:]

  init(_ graph: TableGraph, _ layout: DiagramLayout) {
    self.graph = graph
    self.layout = layout
    for (number, wires) in layout.channels.enumerated() { draw(wires, in: layout.channelColumns(number)) }
    for passage in layout.passages {
      let wire = layout.channels.joined().first { $0.key == passage.key }
      for column in passage.columns {
        add(
          Direction.left | Direction.right, Point(column: column, row: passage.row), passage.key,
          wire?.tables ?? [])
      }
    }
  }

  // MARK: Wires

  private mutating func draw(_ wires: [DiagramLayout.Wire], in columns: Range<Int>) {
    let tracks = DiagramTracks(wires)
    for (wire, track) in zip(wires, tracks.tracks) {
      // What goes straight needs no track; any column will do to meet in.
      let meeting = columns.lowerBound + 2 + (track ?? 0)
      for end in wire.left {
        horizontal(columns.lowerBound...meeting, end.row, wire, endsAt: meeting, fromLeft: true)
        mark(end.mark, Point(column: columns.lowerBound, row: end.row), isOnLeft: true)
      }
      for end in wire.right {
        horizontal(meeting...(columns.upperBound - 1), end.row, wire, endsAt: meeting, fromLeft: false)
        mark(end.mark, Point(column: columns.upperBound - 1, row: end.row), isOnLeft: false)
      }
      let rows = (wire.left + wire.right).map(\.row)
      guard let low = rows.min(), let high = rows.max(), low < high else { continue }
      for row in low...high {
        var directions: UInt8 = 0
        if row > low { directions |= Direction.up }
        if row < high { directions |= Direction.down }
        add(directions, Point(column: meeting, row: row), wire.key, wire.tables)
      }
    }
  }

  private mutating func horizontal(
    _ columns: ClosedRange<Int>, _ row: Int, _ wire: DiagramLayout.Wire, endsAt end: Int, fromLeft: Bool
  ) {
    for column in columns {
      var directions = Direction.left | Direction.right
      if column == end { directions = fromLeft ? Direction.left : Direction.right }
      add(directions, Point(column: column, row: row), wire.key, wire.tables)
    }
  }

  private mutating func add(
    _ directions: UInt8, _ point: Point, _ key: DiagramLayout.Passing, _ tables: Set<Int>
  ) {
    var cell = cells[point] ?? Cell()
    if let other = cell.key, other != key {
      // The one that goes across lies on the one that goes down.
      if directions & (Direction.left | Direction.right) != 0 {
        cell.directions = directions
        cell.key = key
      }
    } else {
      cell.directions |= directions
      cell.key = key
    }
    cell.tables.formUnion(tables)
    cells[point] = cell
  }

  private mutating func mark(_ mark: DiagramLayout.Mark?, _ point: Point, isOnLeft: Bool) {
    guard let mark else { return }
    cells[point]?.mark = mark
    cells[point]?.isMarkOnLeft = isOnLeft
  }

  // MARK: Lines

  /// One line of the diagram, with the box of one table and its wires in sight.
  func line(_ row: Int, current: Int, glyphs: Glyphs) -> Line {
    var pieces: [(column: Int, line: Line)] = []
    for box in layout.boxes where (box.area.row..<box.area.endRow).contains(row) {
      pieces.append(
        (box.area.column, boxLine(box, row - box.area.row, isCurrent: box.table == current, glyphs)))
    }
    pieces.sort { $0.column < $1.column }
    var line = Line()
    var column = 0
    func fill(to end: Int) {
      while column < end {
        if let cell = cells[Point(column: column, row: row)] {
          let isNear = cell.tables.contains(current)
          line.add(glyph(cell, glyphs), isNear ? .accent : .muted)
        } else {
          line.add(" ")
        }
        column += 1
      }
    }
    for piece in pieces {
      fill(to: piece.column)
      line.add(piece.line)
      column += piece.line.columns
    }
    fill(to: layout.size.columns)
    return line
  }

  private func boxLine(_ box: DiagramLayout.Box, _ row: Int, isCurrent: Bool, _ glyphs: Glyphs) -> Line {
    let table = graph.tables[box.table]
    let frame: Role = isCurrent ? .borderFocused : .border
    let inside = box.area.columns - 2
    let edge = glyphs.box
    var line = Line()
    if row == 0 {
      let title = table.title.clippedInside(to: inside - 2, ellipsis: glyphs.ellipsis)
      line.add(edge.topLeft, frame)
      line.add(" ", frame)
      line.add(title, isCurrent ? .titleFocused : .title)
      line.add(" ", frame)
      line.add(edge.horizontal.repeated(inside - 2 - title.columns), frame)
      line.add(edge.topRight, frame)
    } else if row == box.area.rows - 1 {
      line.add(edge.bottomLeft, frame)
      line.add(edge.horizontal.repeated(inside), frame)
      line.add(edge.bottomRight, frame)
    } else {
      line.add(edge.vertical, frame)
      line.add(rowLine(table.rows[row - 1], columns: inside, glyphs))
      line.add(edge.vertical, frame)
    }
    return line
  }

  /// A column of a table: `# id  uuid`; a question mark behind what may be NULL.
  private func rowLine(_ row: TableGraph.Row, columns: Int, _ glyphs: Glyphs) -> Line {
    var line = Line(row.isKey ? "# " : "  ", .accent)
    let type: Text = layout.style.hasTypes ? row.type : ""
    let room = columns - 2
    let name = row.label
    let hasType = !type.isEmpty && room - name.columns >= 5
    let own = hasType ? name : name.clippedInside(to: room, ellipsis: glyphs.ellipsis)
    line.add(own, row.isKey || row.isReference ? .text : .muted)
    if hasType {
      line.add(" ")
      line.add(type.clipped(to: room - name.columns - 1, ellipsis: glyphs.ellipsis), .muted)
    }
    line.add(Text(" ").repeated(columns - line.columns))
    return line
  }

  private func glyph(_ cell: Cell, _ glyphs: Glyphs) -> Text {
    switch cell.mark {
    case .many?: return cell.isMarkOnLeft ? ">" : "<"
    case .one?: return "|"
    case .target? where glyphs.isASCII: return cell.isMarkOnLeft ? "<" : ">"
    case .target?: return cell.isMarkOnLeft ? "◀" : "▶"
    case nil: break
    }
    if glyphs.isASCII {
      let across = cell.directions & (Direction.left | Direction.right) != 0
      let down = cell.directions & (Direction.up | Direction.down) != 0
      return across && down ? "+" : across ? "-" : "|"
    }
    return Self.shapes[cell.directions] ?? "─"
  }

  private static let shapes: [UInt8: Text] = [
    Direction.up: "│", Direction.down: "│", Direction.up | Direction.down: "│",
    Direction.left | Direction.right: "─", Direction.down | Direction.right: "╭",
    Direction.down | Direction.left: "╮", Direction.up | Direction.right: "╰",
    Direction.up | Direction.left: "╯", Direction.up | Direction.down | Direction.right: "├",
    Direction.up | Direction.down | Direction.left: "┤",
    Direction.left | Direction.right | Direction.down: "┬",
    Direction.left | Direction.right | Direction.up: "┴",
    Direction.up | Direction.down | Direction.left | Direction.right: "┼",
  ]
}
