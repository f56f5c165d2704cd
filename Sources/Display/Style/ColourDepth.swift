/// How many colours a terminal has.
public enum ColourDepth: Int, Sendable, Hashable, Comparable, CaseIterable {
  /// None: attributes alone tell things apart.
  case monochrome
  /// The eight of a Linux console.
  case ansi8
  /// The sixteen.
  case ansi16
  /// xterm's palette of 256.
  case palette256
  /// Twenty-four bits.
  case trueColour

  /// Orders by the number of colours.
  public static func < (left: ColourDepth, right: ColourDepth) -> Bool { left.rawValue < right.rawValue }
}
