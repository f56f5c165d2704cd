/// The colours that a picture gives to those that a theme leaves to the terminal.
public struct PicturePalette: Sendable, Hashable {
  /// The terminal's own text.
  public var foreground: RGBColour
  /// What is behind it.
  public var background: RGBColour
  /// The sixteen, in the order of ``ANSIColour``.
  public var ansi: [RGBColour]

  /// Makes a palette from its colours.
  public init(foreground: RGBColour, background: RGBColour, ansi: [RGBColour]) {
    self.foreground = foreground
    self.background = background
    self.ansi = ansi
  }

  /// A terminal with a dark background.
  public static let dark = PicturePalette(
    foreground: RGBColour(0xD6D9DE), background: RGBColour(0x14161A),
    ansi: [
      0x14161A, 0xE06C6C, 0x7CC47F, 0xD9B45B, 0x6FA3F0, 0xC48CE8, 0x5FC3CC, 0xD6D9DE,
      0x7A828E, 0xFF8A8A, 0x9BE09D, 0xF5D27A, 0x93BDFF, 0xDDAEFA, 0x84DEE6, 0xFFFFFF,
    ].map(RGBColour.init))

  /// A terminal with a light background.
  public static let light = PicturePalette(
    foreground: RGBColour(0x24282E), background: RGBColour(0xFFFFFF),
    ansi: [
      0x24282E, 0xB3261E, 0x27702A, 0x8A5A00, 0x1F5FB4, 0x7A3DB8, 0x0B6E78, 0xB9BDC4,
      0x6B727D, 0xD33A31, 0x2E8B32, 0xA87000, 0x2F73CF, 0x9450D6, 0x0F8794, 0xFFFFFF,
    ].map(RGBColour.init))

  /// The palette of a terminal that a theme is made for.
  public init(for appearance: Theme.Appearance) {
    switch appearance {
    case .light: self = .light
    case .dark, .terminal: self = .dark
    }
  }
}

/// A colour as it is painted.
public struct RGBColour: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Red, green and blue, eight bits each.
  public var value: UInt32

  /// Makes a colour of the 24 lower bits of a number: `0xRRGGBB`.
  public init(_ value: UInt32) { self.value = value & 0xFF_FFFF }

  init(_ parts: (red: Int, green: Int, blue: Int)) {
    self.init(
      UInt32(clamping: parts.red) << 16 | UInt32(clamping: parts.green) << 8 | UInt32(clamping: parts.blue))
  }

  /// `#rrggbb`.
  public var description: String {
    let digits = String(value, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.utf8.count) + digits
  }

  /// Orders by number.
  public static func < (left: RGBColour, right: RGBColour) -> Bool { left.value < right.value }

  /// This colour with so many hundredths of another in it.
  func mixed(with other: RGBColour, hundredths: UInt32) -> RGBColour {
    let parts = [16, 8, 0].map { shift -> UInt32 in
      let own = value >> shift & 0xFF
      let foreign = other.value >> shift & 0xFF
      return ((own * (100 - hundredths) + foreign * hundredths) / 100) << shift
    }
    return RGBColour(parts.reduce(0, |))
  }
}

extension PicturePalette {
  /// How a style is painted: the colour of the text and the one behind it.
  func paint(_ style: Style) -> (ink: RGBColour, ground: RGBColour) {
    var ink = colour(style.foreground, otherwise: foreground)
    var ground = colour(style.background, otherwise: background)
    if style.attributes.contains(.reverse) { swap(&ink, &ground) }
    if style.attributes.contains(.dim) { ink = ink.mixed(with: ground, hundredths: 42) }
    return (ink, ground)
  }

  private func colour(_ colour: Colour, otherwise: RGBColour) -> RGBColour {
    switch colour {
    case .terminalDefault: otherwise
    case .ansi(let colour): ansi[Int(colour.rawValue)]
    case .palette(let index) where index < 16: ansi[Int(index)]
    case .palette(let index): RGBColour(XtermPalette.components(of: index))
    case .rgb(let red, let green, let blue): RGBColour((Int(red), Int(green), Int(blue)))
    }
  }
}
