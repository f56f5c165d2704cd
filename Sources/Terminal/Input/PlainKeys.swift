import Display

/// The keys that a terminal sends as one character.
enum PlainKeys {
  /// The key of a character; nil for controls that no key sends.
  static func key(_ scalar: Unicode.Scalar) -> Key? {
    switch scalar.value {
    case 0: Key(.character(" "), .control)
    case 9: Key(.tab)
    case 10, 13: Key(.enter)
    // Both are in use for the key that deletes to the left; a terminal cannot tell ^H from it.
    case 8, 127: Key(.backspace)
    case 27: Key(.escape)
    case 1...26: Key.control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x60)))
    case 28...31: Key.control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x40)))
    case 0x80...0x9F: nil
    default: Key(.character(Character(scalar)))
    }
  }
}
