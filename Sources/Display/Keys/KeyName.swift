extension Key {
  /// Reads a key as people write it: `a`, `space`, `^p` or `ctrl-p`, `alt-x`, `shift-tab`, `F5`, `PgDn`.
  ///
  /// Nil for what is no key. Upper and lower case only count for a character that stands alone.
  public init?(named text: String) {
    var modifiers = Modifiers()
    var rest = text[...]
    var isPrefixed = true
    while isPrefixed {
      isPrefixed = false
      for (prefix, modifier) in Self.prefixes where rest.count > prefix.count {
        if rest.lowercased().hasPrefix(prefix) {
          modifiers.insert(modifier)
          rest = rest.dropFirst(prefix.count)
          isPrefixed = true
        }
      }
    }
    if rest.first == "^", rest.count == 2 {
      modifiers.insert(.control)
      rest = rest.dropFirst()
    }
    guard let code = Self.code(named: rest) else { return nil }
    if case .character(let character) = code {
      // A terminal sends Control with the lower-case letter, and Shift in the character itself.
      if modifiers.contains(.control) {
        guard character.isASCII, let lower = character.lowercased().first else { return nil }
        self.init(.character(lower), modifiers)
        return
      }
      if modifiers.contains(.shift) {
        guard let upper = character.uppercased().first, upper != character else { return nil }
        self.init(.character(upper), modifiers.subtracting(.shift))
        return
      }
    }
    self.init(code, modifiers)
  }

  private static let prefixes: [(String, Modifiers)] = [
    ("ctrl-", .control), ("control-", .control), ("c-", .control), ("alt-", .alternate), ("m-", .alternate),
    ("shift-", .shift), ("s-", .shift),
  ]

  private static func code(named text: Substring) -> Code? {
    if text.count == 1, let character = text.first { return .character(character) }
    let name = text.lowercased()
    if name.first == "f", let number = Int(name.dropFirst()), (1...24).contains(number) {
      return .function(number)
    }
    return named[name]
  }

  private static let named: [String: Code] = [
    "space": .character(" "), "enter": .enter, "return": .enter, "esc": .escape, "escape": .escape,
    "tab": .tab, "backspace": .backspace, "bs": .backspace, "del": .delete, "delete": .delete,
    "ins": .insert, "insert": .insert, "up": .up, "down": .down, "left": .left, "right": .right,
    "home": .home, "end": .end, "pgup": .pageUp, "pageup": .pageUp, "pgdn": .pageDown,
    "pagedown": .pageDown,
  ]
}
