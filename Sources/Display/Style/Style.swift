/// How a cell looks.
public struct Style: Sendable, Hashable {
  /// The colour of the text.
  public var foreground: Colour
  /// The colour behind it.
  public var background: Colour
  /// What else marks it.
  public var attributes: Attributes

  /// Makes a style from its parts.
  public init(
    foreground: Colour = .terminalDefault, background: Colour = .terminalDefault,
    attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// The terminal's own look.
  public static let plain = Style()

  /// Marks that a terminal can give to text.
  public struct Attributes: OptionSet, Sendable, Hashable {
    /// One bit for each mark.
    public var rawValue: UInt8

    /// Makes a set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Heavier or brighter.
    public static let bold = Attributes(rawValue: 1)
    /// Fainter.
    public static let dim = Attributes(rawValue: 2)
    /// Slanted.
    public static let italic = Attributes(rawValue: 4)
    /// With a line below.
    public static let underline = Attributes(rawValue: 8)
    /// Foreground and background exchanged.
    public static let reverse = Attributes(rawValue: 16)
  }

  /// This style with another laid over it.
  ///
  /// Colours that the other names and attributes that it has win; the rest stays. A style with `reverse` replaces the
  /// colours as a whole, so that a marked row is one bar and not a patchwork of exchanged colours.
  public func overlaid(with other: Style) -> Style {
    if other.attributes.contains(.reverse) {
      return Style(
        foreground: other.foreground, background: other.background,
        attributes: attributes.union(other.attributes).subtracting(.dim))
    }
    return Style(
      foreground: other.foreground == .terminalDefault ? foreground : other.foreground,
      background: other.background == .terminalDefault ? background : other.background,
      attributes: attributes.union(other.attributes))
  }

  /// The style as a terminal with so many colours can show it.
  public func quantised(to depth: ColourDepth) -> Style {
    Style(
      foreground: foreground.quantised(to: depth), background: background.quantised(to: depth),
      attributes: attributes)
  }

  /// The style with these attributes added.
  public func with(_ more: Attributes) -> Style {
    Style(foreground: foreground, background: background, attributes: attributes.union(more))
  }
}
