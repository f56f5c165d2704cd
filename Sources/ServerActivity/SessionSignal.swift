/// What one session can do to another.
public enum SessionSignal: Sendable, Hashable {
  /// Cancel the statement that it runs; the session stays, its transaction fails.
  case cancelStatement
  /// End the session; its transaction is rolled back.
  case terminate
}
