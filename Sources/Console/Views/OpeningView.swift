import Display
import Migrations
import Script

/// The screen before there is a project: what is awaited, or what is wrong with it.
struct OpeningView {
  let state: ConsoleState

  func draw(on canvas: inout Canvas, in area: Area) {
    let inside = canvas.pane(area, title: "Signalbox", isFocused: true).inset(columns: 2, rows: 1)
    canvas.draw(lines(columns: inside.columns), in: inside)
  }

  private func lines(columns: Int) -> [Line] {
    guard case .failed(let trouble) = state.projectLoading else {
      return [Line("\(state.spinner) reading the project…", .running)] + connection(columns)
    }
    var lines = [Line("\(state.glyphs.cross) The project cannot be read.", .danger), Line()]
    if state.projectProblems.isEmpty {
      lines += Line.wrapped(foreign: trouble.message, columns: columns)
    }
    for problem in state.projectProblems {
      if let location = problem.location { lines.append(Line("\(location)", .accent)) }
      lines += Line.wrapped(foreign: problem.message, columns: columns, indent: "  ")
      if let source = problem.line {
        lines.append(Line("  \(source)", .muted))
        if let column = problem.location?.position?.column {
          lines.append(Line(Text(" ").repeated(Excerpt.caretColumn(in: source, column) + 2) + "^", .danger))
        }
      }
      if let advice = problem.advice {
        lines += Line.wrapped(foreign: advice, .muted, columns: columns, indent: "  ")
      }
      lines.append(Line())
    }
    lines.append(Line("R reads it again, q quits.", .muted))
    return lines
  }

  private func connection(_ columns: Int) -> [Line] {
    switch state.connection {
    case .connecting: [Line("\(state.spinner) connecting…", .running)]
    case .connected(let server): [Line("\(state.glyphs.check) connected to \(server.address)", .success)]
    case .failed(let trouble): Self.lines(of: trouble, state: state, columns: columns)
    }
  }

  /// A trouble in place, with what to do about it.
  static func lines(of trouble: Trouble, state: ConsoleState, columns: Int) -> [Line] {
    var lines = Line.wrapped(
      foreign: trouble.message, .danger, columns: columns, first: state.glyphs.cross + " ")
    if let advice = trouble.advice { lines += Line.wrapped(foreign: advice, columns: columns) }
    lines.append(Line("R tries again.", .muted))
    return lines
  }
}
