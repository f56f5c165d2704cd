import Display
import Migrations
import Script

/// The statements of the migration under the cursor, or of the one that runs.
struct StatementsView {
  let state: ConsoleState
  private var glyphs: Glyphs { state.glyphs }

  init(state: ConsoleState) { self.state = state }

  func draw(on canvas: inout Canvas, in area: Area?) {
    guard let area else { return }
    let isFocused = state.rollout.focus == .statements
    let statements = state.shownStatements
    let whole = canvas.pane(area, title: title(statements), note: note(statements), isFocused: isFocused)
    guard !whole.isEmpty else { return }
    guard let id = state.shownMigration else {
      canvas.draw(
        Line(" The statements of the migration under the cursor are shown here.", .muted),
        at: Point(column: whole.column, row: whole.row), columns: whole.columns)
      return
    }
    let progress = state.run?.migrations[id]
    let (inside, below) = whole.splitAtTop(rows: state.statementRows)
    canvas.draw(state.blockingLines(columns: below.columns), in: below)
    let top = state.rollout.statements.top
    for index in top..<max(top, min(statements.count, top + inside.rows)) {
      let row = Area(column: inside.column, row: inside.row + index - top, columns: inside.columns, rows: 1)
      canvas.draw(
        line(
          statements[index], index: index, of: statements.count, id: id, progress: progress,
          columns: row.columns),
        at: Point(column: row.column, row: row.row), columns: row.columns)
      if index == state.rollout.statements.cursor, isFocused || state.isRunning {
        canvas.mark(row, isFocused: isFocused)
      }
    }
    canvas.scrollBar(
      beside: inside, top: top, count: statements.count, style: isFocused ? .borderFocused : .border)
  }

  private func title(_ statements: [Statement]) -> Text {
    guard let id = state.shownMigration else { return "Statements" }
    guard let run = state.run, !run.isOver, run.current == id else { return "\(id)" }
    let dot = glyphs.middleDot
    guard let progress = run.migrations[id] else { return "\(id) \(dot) begins" }
    var parts: [Text] = ["\(id)"]
    if let current = progress.currentStatement {
      parts.append("statement \(current + 1) of \(statements.count)")
    }
    parts.append(isInTransaction(run, id) ? "in transaction" : "statement by statement")
    if let pause = run.pause {
      parts.append("\(pause.reason.phrase)")
    } else if let blocker = run.blockers.first {
      parts.append("waits for pid \(blocker.pid)")
    }
    if run.rememberedSteps > 0 { parts.append("\(Amounts.count(run.rememberedSteps, "more step"))") }
    if run.pause == nil {
      parts.append("\(Amounts.duration(milliseconds: (state.now - progress.startedAt) * 1_000))")
    }
    return .joined(parts, separator: " \(dot) ")
  }

  private func isInTransaction(_ run: RunProgress, _ id: MigrationID) -> Bool {
    run.step(id)?.mode == .single
  }

  private func note(_ statements: [Statement]) -> Text {
    guard let id = state.shownMigration, !(state.isRunning && state.run?.current == id) else { return "" }
    let file = state.model?.migration(id)?.file
    let count = Amounts.count(statements.count, "statement")
    return file.map { "\(count) \(glyphs.middleDot) \($0)" } ?? "\(count)"
  }

  private func line(
    _ statement: Statement, index: Int, of count: Int, id: MigrationID, progress: MigrationProgress?,
    columns: Int
  ) -> Line {
    let numberColumns = max(2, String(count).count)
    // Before a run there are no times, and the locks have their room.
    let timeColumns = columns >= 50 && progress != nil ? 10 : 0
    let lockColumns =
      columns >= 160 ? 62 - timeColumns : columns >= 60 ? min(46, columns / 3 + 10) - timeColumns : 0
    var line = Line()
    let isNext = state.isRunning && state.run?.current == id && progress?.currentStatement == index
    let hasBreakpoint = state.rollout.breakpoints.contains(Breakpoint(migration: id, statement: index))
    line.add(hasBreakpoint ? glyphs.breakpoint : " ", .danger)
    let isCursor = index == state.rollout.statements.cursor && state.rollout.focus == .statements
    line.add(isNext ? glyphs.cursor : isCursor ? glyphs.closed : " ", .running)
    line.add(right: "\(index + 1)", .muted, width: numberColumns, glyphs: glyphs)
    line.add(" ")
    line.add(status(progress?.statements[index]))
    line.add(" ")
    let room = columns - line.columns - lockColumns - timeColumns - (lockColumns > 0 ? 2 : 0)
    line.add("\(statement.summary)", isNext ? .running : .text, width: max(1, room), glyphs: glyphs)
    if lockColumns > 0 {
      line.add("  ")
      let lock = statement.locks.max { $0.mode < $1.mode }
      line.add(
        lock.map { "\($0.phrase)\(volume(of: $0))" } ?? "",
        lock?.keepsReadersOut == true ? .lockStrong : .lock,
        width: lockColumns,
        glyphs: glyphs)
    }
    if timeColumns > 0 {
      if isNext, let fraction = runningFraction {
        line.add(progressBar(fraction, columns: timeColumns), .running)
      } else {
        line.add(right: time(progress?.statements[index]), .muted, width: timeColumns, glyphs: glyphs)
      }
    }
    return line
  }

  /// The rows and bytes behind a lock, where there are enough to matter.
  private func volume(of lock: LockForecast) -> String {
    (state.catalog?.volume(of: lock.relation)).map { " \(glyphs.middleDot.string) \($0)" } ?? ""
  }

  /// How far the statement is that runs, where the server tells.
  private var runningFraction: Double? {
    state.run?.pause == nil && state.isRunning ? state.run?.activity?.fraction : nil
  }

  /// `███▌  61%`.
  private func progressBar(_ fraction: Double, columns: Int) -> Text {
    let percent: Text = "\(Int(fraction * 100))%"
    let room = columns - 5
    let bar = glyphs.bar(fraction, columns: room)
    return " " + bar + Text(" ").repeated(room - bar.columns + 4 - percent.columns) + percent
  }

  private func status(_ progress: StatementProgress?) -> Line {
    switch progress {
    case nil: Line(" ")
    case .running:
      state.isRunning && state.run?.pause == nil ? Line(state.spinner, .running) : Line(" ")
    case .done: Line(glyphs.check, .success)
    case .failed: Line(glyphs.cross, .danger)
    case .skipped: Line(glyphs.dash, .warning)
    }
  }

  private func time(_ progress: StatementProgress?) -> Text {
    switch progress {
    case .done(let milliseconds, _): "\(Amounts.duration(milliseconds: milliseconds))"
    case .running(let since) where state.isRunning && state.run?.pause == nil:
      "\(Amounts.duration(milliseconds: (state.now - since) * 1_000))"
    case .skipped: "skipped"
    case .failed: "failed"
    case nil, .running: ""
    }
  }
}
