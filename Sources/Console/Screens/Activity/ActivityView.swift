import Display
import Migrations
import ServerActivity

/// The sessions as rows, and their sums.
extension ActivityScreen {
  static func summary(_ state: ConsoleState) -> (left: Line, right: Line) {
    guard let activity = state.activity.activity else { return (Line(), Line()) }
    let clients = activity.sessions.filter { $0.isClient && !$0.isOwn }
    let waiting = clients.count { !$0.blockedBy.isEmpty }
    let open = clients.count { !$0.isActive && $0.transactionSeconds != nil }
    var left = Line("\(Amounts.count(clients.count, "session"))", .muted)
    let dot: Text = " \(state.glyphs.middleDot) "
    left.add(dot, .muted)
    left.add("\(waiting) waiting", waiting > 0 ? .danger : .muted)
    left.add(dot, .muted)
    left.add("\(open) idle in a transaction", open > 0 ? .warning : .muted)
    let obstacles = state.activity.obstacles.count
    if obstacles > 0 {
      left.add(dot, .muted)
      left.add(
        "\(obstacles) in the way of \(state.rollout.selection.isEmpty ? "what is pending" : "the choice")",
        .danger)
    }
    var right = Line()
    if let readAt = state.activity.readAt {
      let clock = Amounts.clock(readAt, secondsFromUTC: state.options.secondsFromUTC)
      right.add("\(state.activity.isFollowing ? "watching" : "read"), \(clock)", .muted)
    }
    return (left, right)
  }

  static func listTitle(_ state: ConsoleState) -> Text { "Sessions" }

  static func line(of item: SessionRow, _ state: ConsoleState, columns: Int) -> Line {
    switch item.content {
    case .heading(let title, let count):
      var line = Line("\(title) ", .title)
      line.add("\(count)", .muted)
      return line
    case .preparedTransaction:
      return Line("    a prepared transaction, which no session holds", .warning)
    case .session(let session, _, let depth):
      return line(of: session, depth: depth, state, columns: columns)
    }
  }

  private static func line(of session: Session, depth: Int, _ state: ConsoleState, columns: Int) -> Line {
    let glyphs = state.glyphs
    let isInTheWay = state.activity.obstacles[session.id] != nil
    var line = Line(isInTheWay ? " \(glyphs.exclamation)" : "  ", .danger)
    if depth > 0 {
      line.add(Text(" ").repeated(2 * (min(depth, 8) - 1)), .muted)
      line.add("\(glyphs.box.bottomLeft)\(glyphs.box.horizontal)", .graphLine)
    }
    line.add(right: "\(session.id)", width: 8, glyphs: glyphs)
    line.add("  ")
    let situation = session.situation
    line.add("\(situation.word)", situation.role, width: 8, glyphs: glyphs)
    let age =
      session.isActive || session.transactionSeconds == nil
      ? session.stateSeconds : session.transactionSeconds
    line.add(
      right: "\(age.map { Amounts.duration(milliseconds: $0 * 1_000) } ?? "")", .muted, width: 13,
      glyphs: glyphs)
    line.add("  ")
    line.add("\(session.user ?? session.kind ?? "")", width: columns >= 100 ? 18 : 12, glyphs: glyphs)
    line.add(" ")
    if columns >= 90 {
      line.add("\(session.application ?? "")", .muted, width: columns >= 140 ? 24 : 16, glyphs: glyphs)
      line.add(" ")
    }
    if let progress = state.activity.activity?.progress.first(where: { $0.session == session.id }) {
      line.add("\(progress.inShort) ", .running)
    }
    let room = columns - line.columns
    if room > 4 {
      let query: Text = "\(session.query?.inOneLine ?? "")"
      line.add(query.clipped(to: room, ellipsis: glyphs.ellipsis), session.isActive ? .text : .muted)
    }
    return line
  }

  static func instead(_ state: ConsoleState, columns: Int) -> [Line] {
    let loading: Loading
    if let trouble = state.activity.trouble {
      loading = .failed(trouble)
    } else if state.activity.activity != nil {
      loading = .loaded
    } else {
      loading = state.activity.askedAt.map { .waiting(since: $0) } ?? .notAsked
    }
    return state.linesInstead(
      of: "the sessions", loading: loading, ifEmpty: "Nobody else is connected to this database.",
      columns: columns)
  }
}

extension Session {
  /// What it does, in a word that fits a column, and how much that matters.
  var situation: (word: String, role: Role) {
    if !blockedBy.isEmpty { return ("waits", .danger) }
    switch state {
    case "active", "fastpath function call": return ("runs", .running)
    case "idle in transaction": return ("open", .warning)
    case "idle in transaction (aborted)": return ("failed", .warning)
    case "idle": return ("idle", .muted)
    default: return (isClient ? "hidden" : "", .muted)
    }
  }
}

extension ServerActivity.StatementProgress {
  /// How far it is, as a row has room for it.
  fileprivate var inShort: String {
    fraction.map { "\(Int(($0 * 100).rounded(.down)))%" } ?? phase ?? command
  }
}
