/// A session and those that wait for it.
public struct BlockingTree: Sendable, Hashable {
  /// The session's process number; a prepared transaction, which no session holds, is 0.
  public var session: Int32
  /// Those that wait for it.
  public var waiters: [BlockingTree]

  /// Makes a tree from its parts.
  public init(session: Int32, waiters: [BlockingTree] = []) {
    self.session = session
    self.waiters = waiters
  }
}
