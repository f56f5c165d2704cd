/// How a cell looks.
///
/// It is one word of bits, so that the thousands of cells of a frame are compared quickly: the colours in 26 bits each, the
/// attributes above them.
public struct Style: Sendable, Hashable {
  private var bits: UInt64

  /// The colour of the text.
  public var foreground: Colour {
    get { Colour(bits: bits & Self.colourMask) }
    set { bits = bits & ~Self.colourMask | newValue.bits }
  }

  /// The colour behind it.
  public var background: Colour {
    get { Colour(bits: bits >> Self.colourBits & Self.colourMask) }
    set { bits = bits & ~(Self.colourMask << Self.colourBits) | newValue.bits << Self.colourBits }
  }

  /// What else marks it.
  public var attributes: Attributes {
    get { Attributes(rawValue: UInt8(truncatingIfNeeded: bits >> (2 * Self.colourBits))) }
    set {
      let place = 2 * Self.colourBits
      bits = bits & ~(0xFF << place) | UInt64(newValue.rawValue) << place
    }
  }

  private static let colourBits: UInt64 = 26
  private static let colourMask: UInt64 = 1 << colourBits - 1

  /// Makes a style from its parts.
  public init(
    foreground: Colour = .terminalDefault, background: Colour = .terminalDefault,
    attributes: Attributes = []
  ) {
    bits =
      foreground.bits | background.bits << Self.colourBits
      | UInt64(attributes.rawValue) << (2 * Self.colourBits)
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
