import ServerActivity

/// What the Activity screen asks of the target.
public enum ActivityRequest: Sendable, Hashable {
  /// What goes on now.
  case look
  /// Cancel what a session runs, or end it.
  case signal(SessionSignal, SessionKey)

  var slot: String {
    switch self {
    case .look: "look"
    case .signal: "signal"
    }
  }
}

/// What the Activity screen is answered.
public enum ActivityAnswer: Sendable {
  case activity(Activity)
  /// Whether the session was still there to be signalled.
  case signalled(Bool)
}

/// One session and no later one with the same process number.
public struct SessionKey: Sendable, Hashable {
  /// The process number.
  public var process: Int32
  /// When it began, in seconds since 1970.
  public var startedAt: Double
}
