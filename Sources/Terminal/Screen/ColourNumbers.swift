import CNcurses
import Display

/// Turns styles into what ncurses wants: attributes, and the number of a pair of colours.
struct ColourNumbers {
  let depth: ColourDepth
  private let hasDefaults: Bool

  /// Starts colours on the screen that ncurses has opened, unless they are not wanted.
  init(wanted: Bool) {
    guard wanted, has_colors(), start_color() == OK else {
      depth = .monochrome
      hasDefaults = false
      return
    }
    hasDefaults = use_default_colors() == OK
    depth = Self.depth(colours: Int(curses_colours()))
  }

  /// The depth that a number of colours stands for.
  ///
  /// Direct-colour descriptions are not used: their pairs cannot be mixed with palette colours in one screen.
  static func depth(colours: Int) -> ColourDepth {
    switch colours {
    case 256...: .palette256
    case 16...: .ansi16
    case 8...: .ansi8
    default: .monochrome
    }
  }

  /// The attributes of a style.
  static func attributes(_ style: Style) -> attr_t {
    var attributes = attr_t(0)
    if style.attributes.contains(.bold) { attributes |= curses_bold() }
    if style.attributes.contains(.dim) { attributes |= curses_dim() }
    if style.attributes.contains(.italic) { attributes |= curses_italic() }
    if style.attributes.contains(.underline) { attributes |= curses_underline() }
    if style.attributes.contains(.reverse) { attributes |= curses_reverse() }
    return attributes
  }

  /// The pair of a style's colours; 0, the terminal's own, if there are none left.
  func pair(_ style: Style) -> Int32 {
    guard depth != .monochrome else { return 0 }
    let quantised = style.quantised(to: depth)
    let foreground = number(quantised.foreground, otherwise: 7)
    let background = number(quantised.background, otherwise: 0)
    if foreground == -1 && background == -1 { return 0 }
    return max(0, alloc_pair(foreground, background))
  }

  private func number(_ colour: Colour, otherwise: Int32) -> Int32 {
    switch colour {
    case .ansi(let colour): Int32(colour.rawValue)
    case .palette(let index): Int32(index)
    // Quantising leaves no other colours.
    case .terminalDefault, .rgb: hasDefaults ? -1 : otherwise
    }
  }
}
