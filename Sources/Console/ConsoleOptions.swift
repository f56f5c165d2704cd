/// What the console is told when it starts.
public struct ConsoleOptions: Sendable, Hashable {
  /// The target's name in the project, or nil if it was given as a URL.
  public var target: String?
  /// What the header calls the target; its name if nil.
  public var label: String?
  /// The colour that the project file gives the target.
  public var colour: String?
  /// Whether the target's name must be typed out before anything runs.
  public var isProtected: Bool
  /// Why nothing may be changed; nil if it may.
  public var readOnlyReason: String?
  /// The operator's time zone: seconds to add to UTC.
  public var secondsFromUTC: Int

  /// What the operator's file says.
  public var configuration: ConsoleConfiguration

  /// What was typed behind `:` before, the newest last.
  public var commandHistory: [String]
  /// Whether commands are asked for by words, as in the spoken console, so that texts name no keys.
  public var isSpoken: Bool

  /// Makes options from their parts.
  public init(
    target: String? = nil, label: String? = nil, colour: String? = nil, isProtected: Bool = false,
    readOnlyReason: String? = nil, secondsFromUTC: Int = 0,
    configuration: ConsoleConfiguration = ConsoleConfiguration(), commandHistory: [String] = [],
    isSpoken: Bool = false
  ) {
    self.target = target
    self.label = label
    self.colour = colour
    self.configuration = configuration
    self.commandHistory = commandHistory
    self.isProtected = isProtected
    self.isSpoken = isSpoken
    self.readOnlyReason = readOnlyReason
    self.secondsFromUTC = secondsFromUTC
  }
}
