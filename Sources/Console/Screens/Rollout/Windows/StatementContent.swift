import Display
import Migrations
import Script

/// One statement as a whole, with what is known of it; scrolls both ways.
struct StatementContent {
  let state: ConsoleState
  let overlay: StatementOverlay

  func content(columns: Int) -> OverlayContent {
    let statement = state.statement(overlay.index, of: overlay.migration)
    let facts = statement.map { self.facts($0, columns: columns) } ?? []
    let firstLine = statement?.position.line ?? 1
    let numberColumns = max(3, String(firstLine + overlay.lines.count).count)
    let ellipsis = state.glyphs.ellipsis
    let overlay = overlay
    let glyphs = state.glyphs
    return OverlayContent(
      title: "\(overlay.migration) · statement \(overlay.index + 1)",
      note: state.model?.migration(overlay.migration).map { "\($0.file):\(firstLine)" } ?? "",
      columns: columns,
      count: facts.count + overlay.lines.count
    ) { index in
      if index < facts.count { return facts[index] }
      let number = index - facts.count
      var line = Line()
      line.add(right: "\(firstLine + number)", .muted, width: numberColumns, glyphs: glyphs)
      line.add("  ")
      let room = columns - line.columns
      line.add(overlay.lines[number].dropping(columns: overlay.column).clipped(to: room, ellipsis: ellipsis))
      return line
    }
  }

  private func facts(_ statement: Statement, columns: Int) -> [Line] {
    var lines: [Line] = []
    var head = Line("\(statement.tag)", .accent)
    switch statement.transactionRule {
    case .any: break
    case .outsideOnly(let command): head.add("  \(command) cannot run in a transaction", .warning)
    case .usableAfterCommit(let what): head.add("  usable only after the commit: \(what)", .warning)
    case .begin, .commit, .rollback, .savepoint: head.add("  controls the transaction", .muted)
    }
    lines.append(head)
    for effect in statement.effects where effect.action != .uses {
      lines.append(Line("  \(effect.action.rawValue) \(effect.object.phrase)", .muted))
    }
    for lock in statement.locks {
      var line = Line("  locks ", .muted)
      line.add("\(lock.phrase)", lock.keepsReadersOut ? .lockStrong : .lock)
      if lock.rewritesTable { line.add("  writes the whole table anew", .warning) }
      if lock.scansTable { line.add("  reads the whole table", .muted) }
      lines.append(line)
    }
    if let opacity = statement.opacity {
      lines += Line.wrapped(
        foreign: "not all of it can be known before it runs: \(opacity)", .muted, columns: columns,
        indent: "  ")
    }
    if case .failed(let message) = state.run?.migrations[overlay.migration]?.statements[overlay.index] {
      lines += Line.wrapped(foreign: message.phrase, .danger, columns: columns, indent: "  ")
    }
    lines.append(Line())
    return lines
  }
}
