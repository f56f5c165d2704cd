/// A colour as a theme names it; ``quantised(to:)`` brings it down to what a terminal has.
public enum Colour: Sendable, Hashable {
  /// Whatever the terminal uses for text or background.
  case terminalDefault
  /// One of the sixteen colours that the operator's terminal defines.
  case ansi(ANSIColour)
  /// One of the 256 colours of xterm's palette; 0 to 15 are the sixteen.
  case palette(UInt8)
  /// A colour of its own, each part from 0 to 255.
  case rgb(red: UInt8, green: UInt8, blue: UInt8)
}

extension Colour {
  /// The colour in 26 bits: which kind of colour it is in the upper two, its parts below them.
  var bits: UInt64 {
    switch self {
    case .terminalDefault: 0
    case .ansi(let colour): 1 << 24 | UInt64(colour.rawValue)
    case .palette(let index): 2 << 24 | UInt64(index)
    case .rgb(let red, let green, let blue): 3 << 24 | UInt64(red) << 16 | UInt64(green) << 8 | UInt64(blue)
    }
  }

  /// The colour of which these are the bits.
  init(bits: UInt64) {
    let low = UInt8(truncatingIfNeeded: bits)
    switch bits >> 24 {
    case 1: self = ANSIColour(rawValue: low).map { .ansi($0) } ?? .terminalDefault
    case 2: self = .palette(low)
    case 3:
      self = .rgb(
        red: UInt8(truncatingIfNeeded: bits >> 16), green: UInt8(truncatingIfNeeded: bits >> 8), blue: low)
    default: self = .terminalDefault
    }
  }
}

/// The sixteen colours of a terminal, in the order of ECMA-48's SGR 30-37 and 90-97.
public enum ANSIColour: UInt8, Sendable, Hashable, CaseIterable {
  case black
  case red
  case green
  case yellow
  case blue
  case magenta
  case cyan
  case white
  case brightBlack
  case brightRed
  case brightGreen
  case brightYellow
  case brightBlue
  case brightMagenta
  case brightCyan
  case brightWhite
}
