import Migrations
import Schema

/// What the Rollout screen asks of the target while a run goes on.
public enum RolloutRequest: Sendable, Hashable {
  /// How far the statement of the run is, who is in its way, and in whose way it is.
  case activity
  /// The catalog as the open transaction of the run, which waits, has left it so far.
  case lookInside

  var slot: String {
    switch self {
    case .activity: "activity"
    case .lookInside: "inside"
    }
  }
}

/// What the Rollout screen is answered.
public enum RolloutAnswer: Sendable {
  /// What goes on around the run.
  case activity(RunActivity)
  /// The catalog inside the transaction, and as it was committed before it began.
  case inside(Snapshot, committed: Snapshot?)
}

/// What goes on around a run at one moment.
public struct RunActivity: Sendable, Hashable {
  /// The part of its phase that the statement has done, from 0 to 1, where the server reports it.
  public var fraction: Double?
  /// What the statement is at, in the server's words.
  public var phase: String?
  /// The sessions that hold what the statement waits for.
  public var blockers: [SessionDescription]
  /// The sessions that wait for what the run holds.
  public var waiters: [SessionDescription]

  /// Makes it from its parts.
  public init(
    fraction: Double? = nil, phase: String? = nil, blockers: [SessionDescription] = [],
    waiters: [SessionDescription] = []
  ) {
    self.fraction = fraction
    self.phase = phase
    self.blockers = blockers
    self.waiters = waiters
  }
}
