/// What the console is told when it starts.
public struct ConsoleOptions: Sendable, Hashable {
  /// The target's name in the project, or nil if it was given as a URL.
  public var target: String?
  /// Whether the target's name must be typed out before anything runs.
  public var isProtected: Bool
  /// Why nothing may be changed; nil if it may.
  public var readOnlyReason: String?
  /// The operator's time zone: seconds to add to UTC.
  public var secondsFromUTC: Int

  /// Makes options from their parts.
  public init(
    target: String? = nil, isProtected: Bool = false, readOnlyReason: String? = nil, secondsFromUTC: Int = 0
  ) {
    self.target = target
    self.isProtected = isProtected
    self.readOnlyReason = readOnlyReason
    self.secondsFromUTC = secondsFromUTC
  }
}
