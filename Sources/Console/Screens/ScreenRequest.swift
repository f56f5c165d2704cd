/// What a screen asks of the target, over a connection of its own that cannot write.
///
/// A newer request of a slot makes an older one worthless, whether it was sent yet or not.
public enum ScreenRequest: Sendable, Hashable {
  case schema(SchemaRequest)
  case rollout(RolloutRequest)
  case access(AccessRequest)
  case verify(VerifyRequest)
  case activity(ActivityRequest)
  case history(HistoryRequest)

  /// The screen that asks.
  public var screen: Screen {
    switch self {
    case .schema: .schema
    case .rollout: .rollout
    case .access: .access
    case .verify: .verify
    case .activity: .activity
    case .history: .history
    }
  }

  /// What the request takes the place of: screen and kind, not the object that it is about.
  public var slot: Slot {
    switch self {
    case .schema(let request): Slot(screen: .schema, name: request.slot)
    case .rollout(let request): Slot(screen: .rollout, name: request.slot)
    case .access(let request): Slot(screen: .access, name: request.slot)
    case .verify(let request): Slot(screen: .verify, name: request.slot)
    case .activity(let request): Slot(screen: .activity, name: request.slot)
    case .history(let request): Slot(screen: .history, name: request.slot)
    }
  }

  /// A place for one request at a time.
  public struct Slot: Sendable, Hashable {
    /// The screen that asks.
    public var screen: Screen
    /// The kind of request.
    public var name: String
  }
}

/// What a screen was answered.
public enum ScreenAnswer: Sendable {
  case schema(SchemaAnswer)
  case rollout(RolloutAnswer)
  case access(AccessAnswer)
  case verify(VerifyAnswer)
  case activity(ActivityAnswer)
  case history(HistoryAnswer)
}
