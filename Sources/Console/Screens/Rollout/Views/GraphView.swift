import Display
import Migrations

/// What the migration under the cursor needs and what needs it, with the reason for the edge under the graph's cursor.
struct GraphView {
  let state: ConsoleState
  private var glyphs: Glyphs { state.glyphs }

  init(state: ConsoleState) { self.state = state }

  func draw(on canvas: inout Canvas, in area: Area?) {
    guard let area, state.model != nil else { return }
    let isFocused = state.rollout.focus == .graph
    let contents = canvas.pane(area, title: "Graph", isFocused: isFocused)
    guard !contents.isEmpty else { return }
    guard let graph = state.rollout.graphRows else {
      let lines = Line.wrapped(
        "What the migration under the cursor needs, and what needs it.", .muted, columns: contents.columns - 1
      )
      canvas.draw(lines, in: contents.inset(columns: 1))
      return
    }
    let (inside, below) = contents.splitAtTop(rows: state.graphHeight)
    let last = min(graph.rows.count, state.rollout.graph.top + inside.rows)
    for index in state.rollout.graph.top..<max(state.rollout.graph.top, last) {
      let row = Area(
        column: inside.column, row: inside.row + index - state.rollout.graph.top, columns: inside.columns,
        rows: 1)
      canvas.draw(
        line(graph.rows[index], columns: row.columns), at: Point(column: row.column, row: row.row),
        columns: row.columns)
      let marked = isFocused ? state.rollout.graph.cursor : graph.centre
      if index == marked, isFocused || graph.group == nil {
        canvas.mark(row, isFocused: isFocused)
      }
    }
    canvas.scrollBar(
      beside: inside, top: state.rollout.graph.top, count: graph.rows.count,
      style: isFocused ? .borderFocused : .border)
    if !below.isEmpty, graph.rows.indices.contains(state.rollout.graph.cursor) {
      canvas.draw(reasons(graph.rows[state.rollout.graph.cursor], columns: below.columns), in: below)
    }
  }

  private func line(_ row: GraphRows.Row, columns: Int) -> Line {
    switch row {
    case .heading(let words, let count):
      var line = Line(" \(words)", .muted)
      if let count { line.add(" \(count)", .muted) }
      return line
    case .centre(let id):
      var line = Line(glyphs.cursor, .accent)
      line.add(node(id, columns: columns - 1, isCentre: true))
      return line
    case .root(let id):
      var line = Line(" ")
      line.add(node(id, columns: columns - 1, isCentre: false))
      return line
    case .branch(let branch):
      var line = Line(" \(guides(branch.isLast))", .graphLine)
      line.add(node(branch.migration, columns: columns - line.columns, isCentre: false))
      let room = columns - line.columns - 2
      // Less than this says nothing; the reason stands below when the row is under the cursor.
      if room >= 8 {
        let reason: Text = "\(branch.requirement.shortReason)"
        line.add("  \(reason.clippedInside(to: room, ellipsis: glyphs.ellipsis))", .muted)
      }
      return line
    }
  }

  private func node(_ id: MigrationID, columns: Int, isCentre: Bool) -> Line {
    let known = state.statuses.state(of: id)
    var line = Line(known?.glyph(glyphs) ?? glyphs.middleDot, known?.role ?? .muted)
    let role: Role =
      isCentre
      ? .accent : state.rollout.selection.contains(id) ? .chosen : known?.canRun == false ? .muted : .text
    let name: Text = "\(id)"
    line.add(" \(name.clippedInside(to: columns - 2, ellipsis: glyphs.ellipsis))", role)
    return line
  }

  private func guides(_ isLast: [Bool]) -> Text {
    let (through, branch, end): (Text, Text, Text) =
      glyphs.isASCII ? ("| ", "|-", "`-") : ("│ ", "├─", "└─")
    let before = isLast.dropLast().map { $0 ? "  " : through }
    return .joined(before) + (isLast.last == true ? end : branch)
  }

  /// Why the edge of a row is there, in the lines below the graph.
  private func reasons(_ row: GraphRows.Row, columns: Int) -> [Line] {
    var lines = [Line(glyphs.box.horizontal.repeated(columns), .border)]
    switch row {
    case .heading: break
    case .root(let id):
      lines += Line.wrapped("\(id) needs nothing in this phase; Enter goes to it", .muted, columns: columns)
    case .centre(let id):
      lines += Line.wrapped("\(id): Enter shows its statements", .muted, columns: columns)
    case .branch(let branch):
      let requirement = branch.requirement
      lines += Line.wrapped("\(requirement.from) needs \(requirement.to):", columns: columns)
      for reason in requirement.reasons {
        lines += Line.wrapped(foreign: reason.phrase, .muted, columns: columns, indent: "  ")
      }
    }
    return lines
  }
}
