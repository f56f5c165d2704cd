import Display
import Schema

/// The tables around one, or those of a schema, as a picture: a cursor goes from box to box.
struct DiagramOverlay: Sendable {
  /// What is shown.
  enum Scope: Sendable, Hashable {
    /// A table and those beside it.
    case neighbours(ObjectIdentity)
    /// All tables of a schema.
    case schema(String)
  }

  let scope: Scope
  private let graph: TableGraph
  private(set) var layout: DiagramLayout
  private(set) var drawing: DiagramDrawing
  /// The table under the cursor, by its place.
  private(set) var current: Int
  /// The lines that are hidden above.
  private(set) var top = 0
  /// The cells that are hidden at the left.
  private(set) var left = 0
  /// The room for which it was laid out.
  private var columns: Int

  /// From the boxes that say most to those that need least room.
  private static let styles = [
    DiagramLayout.Style(widest: 34, hasTypes: true), DiagramLayout.Style(widest: 26, hasTypes: false),
    DiagramLayout.Style(widest: 18, hasTypes: false),
  ]

  /// Draws tables; nil if there are none.
  init?(_ scope: Scope, current table: ObjectIdentity?, catalog: Snapshot, index: SnapshotIndex, columns: Int)
  {
    let graph: TableGraph
    switch scope {
    case .neighbours(let table): graph = .neighbours(of: table, in: index)
    case .schema(let schema):
      let tables = [ObjectKind.table, .foreignTable].flatMap { catalog.objects(of: $0) }.map(\.identity)
      graph = .schema(tables.filter { $0.schema == schema }, in: index)
    }
    guard !graph.tables.isEmpty else { return nil }
    self.scope = scope
    self.graph = graph
    self.columns = columns
    current = table.flatMap(graph.place) ?? 0
    layout = Self.layout(graph, scope, columns)
    drawing = DiagramDrawing(graph, layout)
  }

  private static func layout(_ graph: TableGraph, _ scope: Scope, _ columns: Int) -> DiagramLayout {
    var centre: Int?
    if case .neighbours(let table) = scope { centre = graph.place(of: table) }
    let layouts = styles.lazy.map { DiagramLayout(graph, centre: centre, style: $0, columns: columns) }
    return layouts.first { $0.size.columns <= columns }
      ?? DiagramLayout(graph, centre: centre, style: styles[styles.count - 1], columns: columns)
  }

  /// The table under the cursor.
  var table: ObjectIdentity { graph.tables[current].identity }

  /// The place of the table under the cursor.
  var currentTable: Int { current }

  /// How many tables and references there are.
  var counts: (tables: Int, references: Int) { (graph.tables.count, graph.references.count) }

  /// Where the box of a table stands, if it has one.
  func area(of table: ObjectIdentity) -> Area? {
    guard let place = graph.place(of: table) else { return nil }
    return layout.boxes.first { $0.table == place }?.area
  }

  private var box: Area { area(of: current) }

  private func area(of table: Int) -> Area {
    layout.boxes.first { $0.table == table }?.area ?? Area(column: 0, row: 0, columns: 0, rows: 0)
  }

  /// Keeps the box under the cursor in sight, and lays out anew where the terminal has another width.
  mutating func settle(columns: Int, height: Int) {
    if columns != self.columns {
      self.columns = columns
      layout = Self.layout(graph, scope, columns)
      drawing = DiagramDrawing(graph, layout)
    }
    top = Self.kept(top, box.row, box.rows, within: height, of: layout.size.rows)
    left = Self.kept(left, box.column, box.columns, within: columns, of: layout.size.columns)
  }

  /// The nearest offset at which a box is in sight; of one that is larger than the room, some part.
  private static func kept(_ offset: Int, _ start: Int, _ length: Int, within room: Int, of whole: Int) -> Int
  {
    var offset = offset
    if length <= room {
      offset = min(max(offset, start + length - room), start)
    } else {
      offset = min(max(offset, start), start + length - room)
    }
    return min(max(0, offset), max(0, whole - room))
  }

  // MARK: Moving

  /// Goes to the box above or below; within a box that is larger than the room, some lines.
  mutating func move(_ movement: Movement, height: Int) {
    switch movement {
    case .start:
      current = layout.boxes.min { ($0.area.row, $0.area.column) < ($1.area.row, $1.area.column) }?.table ?? 0
    case .end:
      current = layout.boxes.max { ($0.area.row, $0.area.column) < ($1.area.row, $1.area.column) }?.table ?? 0
    case .lines(let lines): moveDown(lines > 0 ? 1 : -1, height: height)
    case .pages(let pages):
      let before = box.row
      for _ in 0..<layout.boxes.count {
        let old = (current, top)
        moveDown(pages > 0 ? 1 : -1, height: height)
        if old == (current, top) || abs(box.row - before) >= height - 1 { break }
      }
    }
  }

  private mutating func moveDown(_ direction: Int, height: Int) {
    let own = box
    if direction > 0, own.endRow > top + height, own.rows > height {
      top += 1
      return
    }
    if direction < 0, own.row < top, own.rows > height {
      top -= 1
      return
    }
    // Down and up stay in a layer, save between it and the tables that stand alone below.
    let isLoose = layout.boxes.first { $0.table == current }?.isLoose ?? false
    let beyond = layout.boxes.filter { other in
      let overlaps = other.area.column < own.endColumn && own.column < other.area.endColumn
      return other.table != current && (overlaps || other.isLoose || isLoose)
        && (direction > 0 ? other.area.row >= own.endRow : other.area.endRow <= own.row)
    }
    func distance(_ other: DiagramLayout.Box) -> (Int, Int) {
      let overlaps = other.area.column < own.endColumn && own.column < other.area.endColumn
      let rows = direction > 0 ? other.area.row - own.endRow : own.row - other.area.endRow
      return (overlaps ? 0 : 1, rows * 1_000 + abs(other.area.column - own.column))
    }
    if let next = beyond.min(by: { distance($0) < distance($1) }) { current = next.table }
  }

  /// Goes to the nearest box of the layer at the left or right.
  mutating func moveSideways(_ direction: Int) {
    let own = box
    let beyond = layout.boxes.filter { other in
      direction > 0 ? other.area.column >= own.endColumn : other.area.endColumn <= own.column
    }
    let edge =
      direction > 0 ? beyond.map(\.area.column).min() : beyond.map(\.area.column).max()
    let middle = own.row + own.rows / 2
    let next = beyond.filter { $0.area.column == edge }
      .min { abs($0.area.row + $0.area.rows / 2 - middle) < abs($1.area.row + $1.area.rows / 2 - middle) }
    if let next { current = next.table }
  }

  /// The diagram as text, for the clipboard.
  func text(_ glyphs: Glyphs) -> String {
    (0..<layout.size.rows).map { row in
      var text = drawing.line(row, current: current, glyphs: glyphs).spans.map { $0.text.string }.joined()
      while text.last == " " { text.removeLast() }
      return text
    }.joined(separator: "\n")
  }
}
