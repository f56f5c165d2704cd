/// How a terminal is to be used.
public struct TerminalOptions: Sendable, Hashable {
  /// Whether colours are used.
  public enum ColourChoice: String, Sendable, Hashable, CaseIterable {
    /// As many as the terminal has, none if `NO_COLOR` is set and not empty.
    case automatic = "auto"
    /// As many as the terminal has.
    case always
    /// None: attributes alone.
    case never
  }

  /// Whether colours are used.
  public var colours = ColourChoice.automatic
  /// The environment that is asked: `TERM`, `NO_COLOR`, and what names the locale.
  public var environment: [String: String]

  /// The options that fit an environment.
  public init(environment: [String: String]) { self.environment = environment }

  var wantsColours: Bool {
    switch colours {
    case .automatic: environment["NO_COLOR"]?.isEmpty ?? true
    case .always: true
    case .never: false
    }
  }
}
