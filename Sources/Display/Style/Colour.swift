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
