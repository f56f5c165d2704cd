import Display

/// The reports of the mouse in the form that has no largest column (xterm's ctlseqs, "SGR (1006)").
enum MouseSequence {
  /// Switches reports of buttons and wheel on; not of movement, which would wake the program for nothing.
  static let on = "\u{1B}[?1000h\u{1B}[?1006h"
  /// Switches all of it off.
  static let off = "\u{1B}[?1006l\u{1B}[?1000l"

  /// The event of `ESC [ < button ; column ; row final`; nil for what nobody asked for, such as a button that is let go.
  static func event(parameters: String, final: Unicode.Scalar) -> MouseEvent? {
    guard parameters.first == "<", final == "M" else { return nil }
    let numbers = parameters.dropFirst().split(separator: ";").map { Int($0) }
    guard numbers.count == 3, let button = numbers[0], let column = numbers[1], let row = numbers[2],
      column > 0, row > 0
    else { return nil }
    let point = Point(column: column - 1, row: row - 1)
    // Bits 2 to 4 are what was held; bit 5 is movement.
    switch button & ~0b11100 {
    case 0: return MouseEvent(.press, at: point)
    case 64: return MouseEvent(.wheelUp, at: point)
    case 65: return MouseEvent(.wheelDown, at: point)
    default: return nil
    }
  }
}
