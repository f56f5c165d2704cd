import Postgres
import Synchronization

/// Passes what the server says on the way to whoever runs something over the connection at the moment.
///
/// A connection is told once, when it is made, who hears its notices; runs come and go.
public final class NoticeRelay: Sendable {
  private let handler = Mutex<(@Sendable (Notice) -> Void)?>(nil)

  /// Makes a relay that nobody listens to.
  public init() {}

  /// Hands a notice on; give this to the connection when it is made.
  public func hear(_ notice: Notice) {
    let handler = handler.withLock { $0 }
    handler?(notice)
  }

  /// Hands notices to `handler` from now on, instead of the one before.
  func listen(_ handler: (@Sendable (Notice) -> Void)?) {
    self.handler.withLock { $0 = handler }
  }
}
