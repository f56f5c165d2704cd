import Display

/// The last lines of the log.
struct LogView {
  let state: ConsoleState

  func draw(on canvas: inout Canvas, in area: Area) {
    let entries = state.log.entries.suffix(area.rows)
    let (_, lines) = area.inset(columns: 1).splitAtTop(rows: area.rows - entries.count)
    canvas.draw(entries.lazy.map { Self.line($0, state: state) }, in: lines)
  }

  static func line(_ entry: Log.Entry, state: ConsoleState) -> Line {
    var line = Line("\(Amounts.clock(entry.time, secondsFromUTC: state.options.secondsFromUTC)) ", .muted)
    line.add("\(entry.kind.rawValue)", entry.kind.role, width: 8, glyphs: state.glyphs)
    line.add("\(entry.text)", entry.kind == .statement ? .muted : .text)
    return line
  }
}

extension Log.Kind {
  fileprivate var role: Role {
    switch self {
    case .information: .information
    case .notice: .muted
    case .warning: .warning
    case .error: .danger
    case .done: .success
    case .statement: .muted
    }
  }
}
