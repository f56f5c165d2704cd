import Catalog
import Console
import Migrations
import Report
import ServerActivity

extension TargetSession {
  /// Answers the Rollout screen during a run.
  ///
  /// - Parameter process: the number of the server process that the run has.
  func answer(_ request: RolloutRequest, process: Int32) async throws -> RolloutAnswer {
    switch request {
    case .lookInside:
      throw Trouble("no run has a transaction open")
    case .activity:
      let activity = try await CatalogReader(connection).activity()
      let progress = activity.progress.first { $0.session == process }
      return .activity(
        RunActivity(
          fraction: progress?.fraction, phase: progress?.phase,
          blockers: activity.blockers(of: process).map(SessionDescription.init),
          waiters: activity.sessions.filter { $0.blockedBy.contains(process) }.map(SessionDescription.init)))
    }
  }
}

extension SessionDescription {
  /// What goes on in a session of the server.
  init(_ session: Session) {
    self.init(
      pid: session.id, user: session.user, application: session.application, address: session.address,
      query: session.query, seconds: session.transactionSeconds ?? session.stateSeconds)
  }
}
