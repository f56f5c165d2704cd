extension Colour {
  /// The nearest colour that a terminal of this depth has.
  public func quantised(to depth: ColourDepth) -> Colour {
    switch depth {
    case .monochrome: .terminalDefault
    case .ansi8: asANSI.map { .ansi($0.dimmed) } ?? .terminalDefault
    case .ansi16: asANSI.map { .ansi($0) } ?? .terminalDefault
    case .palette256: asPalette
    case .trueColour: self
    }
  }

  private var asPalette: Colour {
    guard case .rgb(let red, let green, let blue) = self else { return self }
    return .palette(XtermPalette.nearest(red: red, green: green, blue: blue))
  }

  private var asANSI: ANSIColour? {
    switch self {
    case .terminalDefault: nil
    case .ansi(let colour): colour
    case .palette(let index):
      ANSIColour(rawValue: index) ?? XtermPalette.nearestANSI(XtermPalette.components(of: index))
    case .rgb(let red, let green, let blue):
      XtermPalette.nearestANSI((Int(red), Int(green), Int(blue)))
    }
  }
}

extension ANSIColour {
  /// The colour of the first eight that has the same hue; bright black stays visible as white.
  fileprivate var dimmed: ANSIColour {
    self == .brightBlack ? .white : ANSIColour(rawValue: rawValue & 7) ?? self
  }
}

/// The palette of 256 colours that xterm defined and other terminals follow.
enum XtermPalette {
  typealias Components = (red: Int, green: Int, blue: Int)

  private static let cubeLevels = [0, 95, 135, 175, 215, 255]

  /// xterm's values of the sixteen; a terminal's owner may have changed them.
  private static let ansi: [Components] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205),
    (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255),
    (0, 255, 255), (255, 255, 255),
  ]

  static func components(of index: UInt8) -> Components {
    let index = Int(index)
    if index < 16 { return ansi[index] }
    if index >= 232 {
      let level = 8 + (index - 232) * 10
      return (level, level, level)
    }
    let cube = index - 16
    return (cubeLevels[cube / 36], cubeLevels[cube / 6 % 6], cubeLevels[cube % 6])
  }

  static func nearest(red: UInt8, green: UInt8, blue: UInt8) -> UInt8 {
    let wanted = (Int(red), Int(green), Int(blue))
    var best = (index: 16, distance: Int.max)
    // The first sixteen are left out: their values are the operator's own.
    for index in 16...255 {
      let found = distance(wanted, components(of: UInt8(index)))
      if found < best.distance { best = (index, found) }
    }
    return UInt8(best.index)
  }

  /// The nearest of the sixteen by hue first: a pale green must not become grey.
  static func nearestANSI(_ wanted: Components) -> ANSIColour {
    let parts = [wanted.red, wanted.green, wanted.blue]
    let brightest = parts.max() ?? 0
    let darkest = parts.min() ?? 0
    // Below this saturation a colour is read as grey.
    if (brightest - darkest) * 5 < brightest || brightest < 40 {
      switch (brightest + darkest) / 2 {
      case ..<56: return .black
      case ..<140: return .brightBlack
      case ..<225: return .white
      default: return .brightWhite
      }
    }
    let threshold = darkest + (brightest - darkest) / 2
    var index: UInt8 = 0
    if wanted.red > threshold { index |= 1 }
    if wanted.green > threshold { index |= 2 }
    if wanted.blue > threshold { index |= 4 }
    if brightest > 230 && darkest > 60 { index |= 8 }
    return ANSIColour(rawValue: index) ?? .white
  }

  /// Weighted by how well the eye tells each part apart ("redmean", a cheap approximation of CIE differences).
  private static func distance(_ left: Components, _ right: Components) -> Int {
    let mean = (left.red + right.red) / 2
    let red = left.red - right.red
    let green = left.green - right.green
    let blue = left.blue - right.blue
    return (512 + mean) * red * red / 256 + 4 * green * green + (767 - mean) * blue * blue / 256
  }
}
