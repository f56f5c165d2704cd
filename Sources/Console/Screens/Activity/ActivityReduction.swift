import Display
import Migrations
import ServerActivity

/// What keys and answers do to the sessions.
extension Reduction {
  mutating func lookAtActivity() {
    guard case .connected = state.connection else { return }
    state.activity.askedAt = now
    load(.activity(.look))
  }

  mutating func takeActivity(_ activity: Activity) {
    state.activity.activity = activity
    state.activity.readAt = now
    state.activity.trouble = nil
    rebuildActivity()
  }

  mutating func takeActivityFailure(_ trouble: Trouble) {
    state.activity.trouble = trouble
    // One line in the log says it: not one every two seconds.
    state.activity.isFollowing = false
  }

  mutating func takeSignal(_ signal: SessionSignal, _ key: SessionKey, _ wasThere: Bool) {
    switch (signal, wasThere) {
    case (.cancelStatement, true): note(.done, "session \(key.process) was told to cancel its statement")
    case (.terminate, true): note(.done, "session \(key.process) was told to end")
    case (_, false):
      note(.warning, "session \(key.process) is gone, or out of the server's reach: nothing was done")
    }
    lookAtActivity()
  }

  mutating func toggleFollowing() {
    state.activity.isFollowing.toggle()
    if state.activity.isFollowing { lookAtActivity() }
  }

  mutating func toggleServerProcesses() {
    state.activity.showsServerProcesses.toggle()
    rebuildActivity()
  }

  /// Asks before another session is disturbed.
  mutating func offer(_ signal: SessionSignal) {
    guard let session = state.activity.current else { return }
    let who = session.phrase
    let lines: [String]
    switch signal {
    case .cancelStatement:
      lines = [
        "The server is asked to cancel what \(who) runs at this moment (pg_cancel_backend). The session stays; its "
          + "transaction fails and must be rolled back by whoever opened it."
      ]
    case .terminate:
      lines = [
        "The server is asked to end \(who) (pg_terminate_backend). Its open transaction is rolled back, and its "
          + "program loses the connection."
      ]
    }
    state.overlays.append(
      .confirmation(
        Confirmation(
          title: signal == .terminate
            ? "End session \(session.id)?" : "Cancel the statement of session \(session.id)?",
          lines: lines + (session.query.map { ["", String($0.prefix(400))] } ?? []),
          verb: signal == .terminate ? "end it" : "cancel it",
          deed: .load(.activity(.signal(signal, session.key))))))
  }

  private mutating func rebuildActivity() {
    guard let activity = state.activity.activity else { return }
    // While a run goes on, it is the one that waits, and the trees say for whom.
    state.activity.obstacles =
      state.isRunning ? [:] : PlanObstacle.obstacles(to: state.migrationsAhead, in: activity)
    state.activity.list.take(
      SessionRow.rows(activity, serverProcesses: state.activity.showsServerProcesses))
  }
}

extension Session {
  /// The session in words.
  var phrase: String {
    var words = "session \(id)"
    if let user { words += " of \(user)" }
    if let application, !application.isEmpty { words += " (\(application))" }
    return words
  }
}
