/// A graph as lines of text, what is needed above what needs it, like `git log --graph` read upwards.
///
/// Each migration has one line. A lane leads down from a migration to those that need it; a migration that needs
/// several joins their lanes. Where that would take too many lanes, the farthest are named behind an arrow instead.
/// Migrations that neither need nor are needed come last.
///
/// ```
/// ○ 001_initial_schema
/// ├─○ 002_telemetry
/// ├─│─○ 003_profiles
/// │ ○ │ 055_retention
/// │   ○ 070_identity
/// ○ 071_context
/// ```
public struct GraphDrawing: Sendable, Hashable {
  /// One line: lanes, the migration's glyph among them, its name behind them.
  public struct Line: Sendable, Hashable {
    /// The migration of the line.
    public var migration: MigrationID
    /// What is drawn left of the glyph.
    public var before: String
    /// What is drawn right of the glyph, up to the name.
    public var after: String
    /// Whether the migration neither needs another nor is needed; such lines are not connected to those around them.
    public var isAlone = false
    /// What it needs besides, too far away for a lane.
    public var distant: [MigrationID] = []
    /// The arrow before the names of what is too far away.
    var arrow = "←"

    /// The line with a glyph, without the name.
    public func lanes(glyph: String) -> String { before + glyph + after }

    /// The line with a glyph and the name.
    public func text(glyph: String = "○") -> String {
      "\(lanes(glyph: glyph)) \(migration)" + (distantNames.map { "  " + $0 } ?? "")
    }

    /// An arrow and the versions of what is needed besides (`← 001 004 007 +4`), or nil if there is nothing.
    public var distantNames: String? {
      guard !distant.isEmpty else { return nil }
      let names = distant.prefix(Self.namesShown).map { id in
        let version = MigrationName(id.rawValue).version
        return version.isEmpty ? id.rawValue : version.text
      }
      let rest = distant.count - names.count
      return "\(arrow) \(names.joined(separator: " "))" + (rest > 0 ? " +\(rest)" : "")
    }

    private static let namesShown = 3
  }

  /// The lines, from top to bottom.
  public var lines: [Line]

  /// Draws a graph, or some of it.
  ///
  /// - Parameters:
  ///   - subset: the migrations to draw, all if nil.
  ///   - maximumLanes: how many lanes may stand side by side; each is two columns wide.
  ///   - isASCII: whether to draw with `|`, `-`, `+` and `` ` `` only.
  public init(
    _ graph: RequirementGraph, only subset: Set<MigrationID>? = nil, maximumLanes: Int = 10,
    isASCII: Bool = false
  ) {
    let edges = graph.reducedEdges(among: subset)
    let drawn = graph.order.filter { subset?.contains($0) ?? true }
    let needs = Dictionary(grouping: edges, by: \.from).mapValues { $0.map(\.to) }
    let needed = Set(edges.map(\.to))
    let isConnected = { (id: MigrationID) in needs[id] != nil || needed.contains(id) }
    let alone = drawn.filter { !isConnected($0) }
    let connected = drawn.filter(isConnected)
    let budget = LaneBudget(rows: connected, needs: needs, maximumLanes: maximumLanes)
    var pending: [MigrationID: Int] = [:]
    for source in budget.joined.values.joined() { pending[source, default: 0] += 1 }
    var lanes = GraphLanes(strokes: isASCII ? .ascii : .unicode)
    lines = []
    for id in connected {
      let sources = budget.joined[id] ?? []
      for source in sources { pending[source, default: 1] -= 1 }
      var line = lanes.place(
        id, below: sources, ending: Set(sources.filter { pending[$0] == 0 }), goesOn: pending[id] != nil)
      line.distant = budget.distant[id] ?? []
      if isASCII { line.arrow = "<-" }
      lines.append(line)
    }
    for id in alone { lines.append(Line(migration: id, before: "", after: "", isAlone: true)) }
  }

  /// The lines as text, with a glyph for each migration; those that stand alone under a heading of their own.
  public func text(glyph: (MigrationID) -> String = { _ in "○" }) -> [String] {
    let connected = lines.filter { !$0.isAlone }.map { $0.text(glyph: glyph($0.migration)) }
    let alone = lines.filter(\.isAlone).map { $0.text(glyph: glyph($0.migration)) }
    if connected.isEmpty || alone.isEmpty { return connected + alone }
    return connected + ["", "Without requirements:"] + alone
  }
}

/// The strokes that a drawing is made of.
struct GraphStrokes: Sendable {
  var vertical: Character
  var horizontal: Character
  /// A lane that goes on, with a branch to the right.
  var branchRight: Character
  var branchLeft: Character
  /// A lane that ends in a branch to the right.
  var turnRight: Character
  var turnLeft: Character
  /// A lane that a branch crosses.
  var crossing: Character
  /// A lane that goes on or ends where a branch passes through it on both sides.
  var branchBoth: Character
  var turnBoth: Character

  static let unicode = GraphStrokes(
    vertical: "│", horizontal: "─", branchRight: "├", branchLeft: "┤", turnRight: "└", turnLeft: "┘",
    crossing: "│",
    branchBoth: "┼", turnBoth: "┴")
  static let ascii = GraphStrokes(
    vertical: "|", horizontal: "-", branchRight: "+", branchLeft: "+", turnRight: "`", turnLeft: "'",
    crossing: "|",
    branchBoth: "+", turnBoth: "+")
}

/// The lanes of a drawing, each leading down from the migration that it began at.
struct GraphLanes {
  private let strokes: GraphStrokes
  private var lanes: [MigrationID?] = []
  /// The column that the line before put its glyph into, if nothing leads down from it, with what that one needed.
  private var justVacated: (column: Int, sources: Set<MigrationID>)?

  init(strokes: GraphStrokes) { self.strokes = strokes }

  /// Draws a migration below those that it needs.
  mutating func place(
    _ id: MigrationID, below sources: [MigrationID], ending: Set<MigrationID>, goesOn: Bool
  ) -> GraphDrawing.Line {
    let joined = lanes.indices.filter { lanes[$0].map(sources.contains) ?? false }
    let column = column(below: sources, joined: joined, ending: ending)
    while lanes.count <= column { lanes.append(nil) }
    let line = line(id, at: column, joined: joined, ending: ending)
    for lane in joined where lanes[lane].map(ending.contains) ?? false { lanes[lane] = nil }
    if goesOn { lanes[column] = id }
    justVacated = goesOn ? nil : (column, Set(sources))
    while let last = lanes.last, last == nil { lanes.removeLast() }
    return line
  }

  /// A lane that ends here goes straight into the glyph; else the first free column right of the lanes joined.
  ///
  /// A column that was just left free stays free for a line, so that glyphs under each other are always connected;
  /// unless both hang from one lane, for then the lower cannot need the upper: its branch would have been left out.
  private func column(below sources: [MigrationID], joined: [Int], ending: Set<MigrationID>) -> Int {
    if let straight = joined.first(where: { lanes[$0].map(ending.contains) ?? false }) { return straight }
    var column = joined.first.map { $0 + 1 } ?? 0
    let avoided = justVacated.flatMap { $0.sources.isDisjoint(with: sources) ? $0.column : nil }
    while (column < lanes.count && lanes[column] != nil) || column == avoided { column += 1 }
    return column
  }

  private func line(
    _ id: MigrationID, at column: Int, joined: [Int], ending: Set<MigrationID>
  ) -> GraphDrawing.Line {
    let left = min(joined.first ?? column, column)
    let right = max(joined.last ?? column, column)
    var cells = ""
    var before = ""
    for lane in lanes.indices {
      if lane == column {
        before = cells
        cells = ""
      } else {
        cells.append(stroke(lane, at: column, between: left, and: right, joined: joined, ending: ending))
      }
      if lane + 1 < lanes.count {
        cells.append(lane >= left && lane < right ? strokes.horizontal : " ")
      }
    }
    return GraphDrawing.Line(migration: id, before: before, after: withoutTrailingSpaces(cells))
  }

  private func stroke(
    _ lane: Int, at column: Int, between left: Int, and right: Int, joined: [Int], ending: Set<MigrationID>
  ) -> Character {
    let isInside = lane > left && lane < right
    guard let source = lanes[lane] else { return isInside ? strokes.horizontal : " " }
    guard joined.contains(lane) else { return isInside ? strokes.crossing : strokes.vertical }
    let ends = ending.contains(source)
    if isInside { return ends ? strokes.turnBoth : strokes.branchBoth }
    if lane < column { return ends ? strokes.turnRight : strokes.branchRight }
    return ends ? strokes.turnLeft : strokes.branchLeft
  }

  private func withoutTrailingSpaces(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }
}
