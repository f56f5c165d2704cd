import CNcurses
import Display

/// The keys that ncurses recognised by the terminal's description.
enum CursesKeys {
  /// The key of a code that `wget_wch` gave; nil for what is no key (a change of size) or has no use.
  static func key(code: Int32) -> Key? {
    if let key = table[code] { return key }
    let first = curses_function_key(1)
    if code >= first, code <= curses_function_key(63) { return functionKey(Int(code - first)) }
    // Keys with modifiers have no fixed code, only a name.
    guard code > KEY_MAX, let name = keyname(code) else { return nil }
    return key(extendedName: String(cString: name))
  }

  /// The key of a name such as `kUP5`: a base and xterm's number for what was held.
  static func key(extendedName name: String) -> Key? {
    let base = name.prefix { !$0.isNumber }
    let digits = name[base.endIndex...]
    guard let code = extended[String(base)], digits.count <= 1 else { return nil }
    return EscapeSequences.control(parameters: "1;\(digits.isEmpty ? "2" : digits)", final: "A")
      .map { Key(code, $0.modifiers) }
  }

  // Beyond F12 terminfo counts on where xterm holds Shift, Control, Control and Shift, Alt.
  private static func functionKey(_ index: Int) -> Key? {
    let held: [Key.Modifiers] = [
      [], .shift, .control, [.control, .shift], .alternate, [.alternate, .shift],
    ]
    guard index / 12 < held.count else { return nil }
    return Key(.function(index % 12 + 1), held[index / 12])
  }

  private static let extended: [String: Key.Code] = [
    "kUP": .up, "kDN": .down, "kLFT": .left, "kRIT": .right, "kHOM": .home, "kEND": .end,
    "kPRV": .pageUp, "kNXT": .pageDown, "kIC": .insert, "kDC": .delete,
  ]

  private static let table: [Int32: Key] = [
    KEY_UP: Key(.up), KEY_DOWN: Key(.down), KEY_LEFT: Key(.left), KEY_RIGHT: Key(.right),
    KEY_HOME: Key(.home), KEY_END: Key(.end), KEY_PPAGE: Key(.pageUp), KEY_NPAGE: Key(.pageDown),
    KEY_IC: Key(.insert), KEY_DC: Key(.delete), KEY_BACKSPACE: Key(.backspace), KEY_ENTER: Key(.enter),
    KEY_FIND: Key(.home), KEY_SELECT: Key(.end), KEY_BTAB: Key(.tab, .shift),
    KEY_A1: Key(.home), KEY_A3: Key(.pageUp), KEY_C1: Key(.end), KEY_C3: Key(.pageDown),
    KEY_SR: Key(.up, .shift), KEY_SF: Key(.down, .shift), KEY_SLEFT: Key(.left, .shift),
    KEY_SRIGHT: Key(.right, .shift), KEY_SHOME: Key(.home, .shift), KEY_SEND: Key(.end, .shift),
    KEY_SPREVIOUS: Key(.pageUp, .shift), KEY_SNEXT: Key(.pageDown, .shift), KEY_SIC: Key(.insert, .shift),
    KEY_SDC: Key(.delete, .shift),
  ]
}
