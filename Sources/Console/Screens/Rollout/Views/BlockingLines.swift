import Display
import Migrations

/// Who is in the way of the run, and in whose way it is, below the statements.
extension ConsoleState {
  func blockingLines(columns: Int) -> [Line] {
    guard isRunning, let run else { return [] }
    let activity = run.pause == nil ? run.activity : nil
    let blockers = run.blockers.isEmpty ? activity?.blockers ?? [] : run.blockers
    let waiters = run.waiters.isEmpty ? activity?.waiters ?? [] : run.waiters
    return lines(of: blockers, glyphs.exclamation, "waits for", .warning, columns: columns)
      + lines(of: waiters, glyphs.middleDot, "keeps waiting", .muted, columns: columns)
  }

  private func lines(
    of sessions: [SessionDescription], _ mark: Text, _ verb: Text, _ role: Role, columns: Int
  ) -> [Line] {
    // More than these are counted: the statements must stay in sight.
    let shown = sessions.prefix(Self.mostSessions).map { session in
      Line(
        (" \(mark) \(verb) \(session.phrase)" as Text).clipped(to: columns, ellipsis: glyphs.ellipsis), role)
    }
    let rest = sessions.count - shown.count
    return rest > 0 ? shown + [Line("   and \(rest) more", role)] : shown
  }

  private static let mostSessions = 3

  /// The rows that the statements have in their pane.
  var statementRows: Int {
    let inside = rolloutLayout.contents(of: .statements)
    return max(1, inside.rows - min(blockingLines(columns: inside.columns).count, inside.rows / 2))
  }
}
