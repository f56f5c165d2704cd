import Display
import Migrations

/// The first line: project, target, server, and whether anything may be changed.
struct HeaderView {
  let state: ConsoleState

  func draw(on canvas: inout Canvas, in area: Area) {
    let base = state.options.isProtected ? Role.headerProtected : .header
    canvas.fill(area, base)
    let badges = badges
    let start = badges.isEmpty ? area.endColumn : canvas.draw(right: badges, in: area, on: base)
    canvas.draw(
      identity(columns: start - area.column - 2), at: Point(column: area.column + 1, row: area.row),
      columns: start - area.column - 2, on: base)
  }

  private func identity(columns: Int) -> Line {
    var line = Line("\(state.model.map { $0.project.title ?? $0.project.name } ?? "signalbox")")
    if let target = state.options.label ?? state.options.target {
      line.add(" \(state.glyphs.closed) ")
      line.add("\(target)", TargetColour(state.options.colour)?.role ?? .text)
    }
    switch state.connection {
    case .connecting: line.add("  \(state.spinner) connecting…", .running)
    case .failed: line.add("  \(state.glyphs.cross) no connection", .danger)
    case .connected(let server):
      var end = Line("  PostgreSQL \(server.version)", .muted)
      if let latency = server.latencyMilliseconds {
        end.add("  \(state.glyphs.filledCircle)", .success)
        end.add(" \(Amounts.duration(milliseconds: latency))", .muted)
      }
      // The database's name stands at the end of the address: that end must stay.
      let room = max(12, columns - line.columns - end.columns - 2)
      let address = Text(foreign: server.address).clippedAtStart(to: room, ellipsis: state.glyphs.ellipsis)
      line.add("  \(address)", .muted)
      line.add(end)
    }
    return line
  }

  private var badges: Line {
    var line = Line()
    if let inside = state.insideWords {
      let room = max(26, state.size.columns * 2 / 5)
      let words: Text = " INSIDE, NOT COMMITTED: \(inside) "
      line.add(words.clipped(to: room, ellipsis: state.glyphs.ellipsis), .readOnly)
      line.add(" ")
    }
    if state.options.isProtected { line.add("\(state.glyphs.shield) protected ") }
    if state.readOnlyReason != nil { line.add(" \(state.glyphs.shield) read-only ", .readOnly) }
    return line
  }
}
