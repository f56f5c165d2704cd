import Display
import Migrations
import Schema
import Script
import ServerActivity

/// One session as a whole: who it is, what it does, for whom it waits, who waits for it, and what it has locked.
extension ActivityScreen {
  static func detailTitle(_ state: ConsoleState) -> Text {
    state.activity.current.map { "Session \($0.id)" } ?? "Session"
  }

  static func detailText(_ state: ConsoleState, columns: Int) -> DetailText {
    guard let activity = state.activity.activity, let session = state.activity.current else {
      return DetailText(
        Line.wrapped(
          "The session under the cursor is explained here: what it runs, its locks, and who waits for it.",
          .muted, columns: columns))
    }
    return DetailText(
      SessionDetail(state: state, activity: activity, session: session, columns: columns).lines)
  }
}

private struct SessionDetail {
  let state: ConsoleState
  let activity: Activity
  let session: Session
  let columns: Int

  var lines: [Line] {
    var chapters = Chapters(glyphs: state.glyphs)
    chapters.add("who", who)
    chapters.add("does", deeds)
    chapters.add("in the way", obstacles)
    chapters.add("waits for", activity.blockers(of: session.id).flatMap { others($0) })
    chapters.add(
      "keeps waiting", activity.sessions.filter { $0.blockedBy.contains(session.id) }.flatMap { others($0) })
    chapters.add("is at", progress)
    chapters.add(session.isActive ? "runs" : "ran last", query)
    chapters.add("locks", locks)
    return chapters.lines
  }

  private var room: Int { Chapters.room(in: columns) }

  private var who: [Line] {
    let parts = [
      session.user, session.application.flatMap { $0.isEmpty ? nil : $0 },
      session.isClient ? session.address ?? "local socket" : session.kind,
    ]
    return Line.wrapped(
      foreign: parts.compactMap { $0 }.joined(separator: ", "), columns: room)
  }

  private var deeds: [Line] {
    var words = session.state ?? "what it does is kept from this role (pg_read_all_stats would show it)"
    if let seconds = session.stateSeconds {
      words += " for \(Amounts.duration(milliseconds: seconds * 1_000))"
    }
    if let seconds = session.transactionSeconds {
      words += ", transaction open for \(Amounts.duration(milliseconds: seconds * 1_000))"
    }
    if let type = session.waitEventType, session.isActive {
      words += ", waits: \(type)\(session.waitEvent.map { " \($0)" } ?? "")"
    }
    return Line.wrapped(foreign: words, session.situation.role, columns: room)
  }

  private var obstacles: [Line] {
    (state.activity.obstacles[session.id] ?? []).flatMap { obstacle in
      Line.wrapped(
        foreign:
          "\(obstacle.migration) needs \(obstacle.needed) on \(obstacle.relation.phrase); this session has "
          + "\(obstacle.held) and would keep it waiting", .danger, columns: room)
    }
  }

  private func others(_ other: Session) -> [Line] {
    var words = other.phrase
    if let state = other.state { words += ", \(state)" }
    if let seconds = other.transactionSeconds ?? other.stateSeconds {
      words += " for \(Amounts.duration(milliseconds: seconds * 1_000))"
    }
    return Line.wrapped(foreign: words, .warning, columns: room)
      + Line.wrapped(foreign: other.query.map { "  " + $0.inOneLine } ?? "", .muted, columns: room)
  }

  private var progress: [Line] {
    activity.progress.filter { $0.session == session.id }.flatMap { progress in
      var words = progress.command
      if let relation = progress.relation { words += " on \(relation.phrase)" }
      if let phase = progress.phase { words += ": \(phase)" }
      if let fraction = progress.fraction {
        words += ", \(Int((fraction * 100).rounded(.down)))% (\(progress.done) of \(progress.total))"
      }
      return Line.wrapped(foreign: words, .running, columns: room)
    }
  }

  private var query: [Line] {
    guard let query = session.query, !query.isEmpty else { return [] }
    return Line.wrapped(foreign: String(query.prefix(8_000)), columns: room)
  }

  private var locks: [Line] {
    activity.locks.filter { $0.session == session.id }
      .sorted { !$0.isGranted && $1.isGranted }
      .map { lock in
        let mode = LockMode(catalogName: lock.mode)
        var line = Line(
          "\(mode?.description ?? lock.mode) ", (mode ?? .accessShare) >= .share ? .lockStrong : .lock)
        line.add("\(lock.relation.phrase)")
        if !lock.isGranted { line.add(", not granted yet", .danger) }
        return line
      }
  }
}
