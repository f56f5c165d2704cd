/// A message that another session sent with `NOTIFY`.
public struct Notification: Sendable, Hashable {
  /// The channel that it was sent to.
  public var channel: String
  /// Its text, empty when it has none.
  public var payload: String
  /// The process of the session that sent it.
  public var processID: Int32
}
