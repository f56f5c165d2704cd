/// A style for each meaning (``Role``).
public struct Theme: Sendable, Hashable {
  /// Its name, as the chooser shows it.
  public var name: String
  /// The background that it is made for.
  public var appearance: Appearance
  /// The styles that it gives; a meaning without one looks like text.
  public var styles: [Role: Style]

  /// Makes a theme from its parts.
  public init(name: String, appearance: Appearance, styles: [Role: Style]) {
    self.name = name
    self.appearance = appearance
    self.styles = styles
  }

  /// The backgrounds that a theme can be made for.
  public enum Appearance: String, Sendable, Hashable, CaseIterable {
    /// Whatever the terminal has.
    case terminal
    /// A dark one, which it brings.
    case dark
    /// A light one, which it brings.
    case light
  }

  /// The style of a meaning on the plain background.
  public subscript(role: Role) -> Style { style(role, on: .text) }

  /// The style of a meaning on the background of another, such as a header or a window.
  public func style(_ role: Role, on base: Role) -> Style {
    let text = styles[.text] ?? .plain
    let ground = base == .text ? text : text.overlaid(with: styles[base] ?? .plain)
    guard role != base, role != .text, let own = styles[role] else { return ground }
    // What is written on a bar keeps the bar's background, and its colours if the bar is made by exchanging them.
    if ground.attributes.contains(.reverse) { return ground.with(own.attributes) }
    return ground.overlaid(with: own)
  }
}
