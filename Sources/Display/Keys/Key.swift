/// A key press, as a terminal reports it.
public struct Key: Sendable, Hashable {
  /// Which key.
  public var code: Code
  /// What was held with it.
  public var modifiers: Modifiers

  /// Makes a key press from its parts.
  public init(_ code: Code, _ modifiers: Modifiers = []) {
    self.code = code
    self.modifiers = modifiers
  }

  /// The keys that can be told apart.
  public enum Code: Sendable, Hashable {
    /// A character, upper or lower case as typed; Shift is in the character, not in the modifiers.
    case character(Character)
    /// Return.
    case enter
    /// Escape.
    case escape
    /// Tab; with Shift, back tab.
    case tab
    /// The key that deletes to the left.
    case backspace
    /// The key that deletes to the right.
    case delete
    /// Insert.
    case insert
    /// Arrow up.
    case up
    /// Arrow down.
    case down
    /// Arrow left.
    case left
    /// Arrow right.
    case right
    /// Home.
    case home
    /// End.
    case end
    /// Page up.
    case pageUp
    /// Page down.
    case pageDown
    /// F1 and so on.
    case function(Int)
  }

  /// The keys that are held with another.
  public struct Modifiers: OptionSet, Sendable, Hashable {
    /// One bit for each.
    public var rawValue: UInt8

    /// Makes a set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Shift, where the character does not say it already.
    public static let shift = Modifiers(rawValue: 1)
    /// Alt or Meta.
    public static let alternate = Modifiers(rawValue: 2)
    /// Control; the character is the lower-case letter.
    public static let control = Modifiers(rawValue: 4)
  }

  /// The key of a character without modifiers.
  public static func character(_ character: Character) -> Key { Key(.character(character)) }

  /// Control and a letter.
  public static func control(_ letter: Character) -> Key { Key(.character(letter), .control) }

  /// The character that a text field takes from this key, if it is one.
  public var typedCharacter: Character? {
    guard case .character(let character) = code, modifiers.isEmpty else { return nil }
    return character
  }
}

extension Key: CustomStringConvertible {
  /// The key as hints and help write it: `a`, `space`, `^R`, `PgDn`, `S-Tab`, `F1`.
  public var description: String {
    var prefix = ""
    if modifiers.contains(.alternate) { prefix += "M-" }
    if modifiers.contains(.shift) { prefix += "S-" }
    if modifiers.contains(.control) {
      if case .character(let letter) = code { return prefix + "^" + letter.uppercased() }
      prefix += "C-"
    }
    return prefix + name
  }

  private var name: String {
    switch code {
    case .character(" "): "space"
    case .character(let character): String(character)
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .function(let number): "F\(number)"
    }
  }
}
