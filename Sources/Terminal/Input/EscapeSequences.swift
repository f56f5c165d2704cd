import Display

/// The sequences that xterm and its kin send for keys (ctlseqs, "PC-Style Function Keys"), with rxvt's and the Linux
/// console's own.
enum EscapeSequences {
  /// The key of `ESC [ parameters final`; nil for what is not a key, such as a terminal's report.
  static func control(parameters: String, final: Unicode.Scalar) -> Key? {
    if parameters == "[" { return linuxFunctionKeys[final].map { Key(.function($0)) } }
    guard let numbers = numbers(parameters) else { return nil }
    switch final {
    case "Z": return numbers.isEmpty ? Key(.tab, .shift) : nil
    case "~", "^", "@":
      guard let number = numbers.first, let code = numbered[number] else { return nil }
      let held: Key.Modifiers =
        switch final {
        case "^": .control
        case "@": [.control, .shift]
        default: modifiers(numbers)
        }
      return Key(code, held)
    case "u": return numbers.first.flatMap { unicodeKey($0, modifiers(numbers)) }
    case "a", "b", "c", "d":
      return lettered[Unicode.Scalar(UInt8(final.value) - 0x20)].map { Key($0, .shift) }
    default:
      guard numbers.isEmpty || numbers[0] <= 1 else { return nil }
      return lettered[final].map { Key($0, modifiers(numbers)) }
    }
  }

  /// The key of `ESC O final`, what terminals send in application mode.
  static func singleShift(_ final: Unicode.Scalar) -> Key? {
    switch final {
    case "M": Key(.enter)
    case "a", "b", "c", "d": lettered[Unicode.Scalar(UInt8(final.value) - 0x20)].map { Key($0, .control) }
    case "j"..."y": Key(.character(Character(Unicode.Scalar(UInt8(final.value) - 0x40))))
    default: lettered[final].map { Key($0) }
    }
  }

  private static let lettered: [Unicode.Scalar: Key.Code] = [
    "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end,
    "P": .function(1), "Q": .function(2), "R": .function(3), "S": .function(4),
  ]

  private static let linuxFunctionKeys: [Unicode.Scalar: Int] = ["A": 1, "B": 2, "C": 3, "D": 4, "E": 5]

  // The gaps are VT220's: it had no keys there.
  private static let numbered: [Int: Key.Code] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5),
    17: .function(6), 18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10),
    23: .function(11), 24: .function(12),
  ]

  // The second number is 1 plus a sum: Shift 1, Alt 2, Control 4.
  private static func modifiers(_ numbers: [Int]) -> Key.Modifiers {
    guard numbers.count > 1, numbers[1] > 1 else { return [] }
    let held = numbers[1] - 1
    var modifiers = Key.Modifiers()
    if held & 1 != 0 { modifiers.insert(.shift) }
    if held & 2 != 0 { modifiers.insert(.alternate) }
    if held & 4 != 0 { modifiers.insert(.control) }
    return modifiers
  }

  private static func unicodeKey(_ number: Int, _ held: Key.Modifiers) -> Key? {
    guard let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init), let key = PlainKeys.key(scalar)
    else {
      return nil
    }
    return key.with(held)
  }

  // Sub-parameters after a colon say more than is needed here; a prefix such as `?` marks a report.
  private static func numbers(_ parameters: String) -> [Int]? {
    if parameters.isEmpty { return [] }
    var numbers: [Int] = []
    for field in parameters.split(separator: ";", omittingEmptySubsequences: false) {
      let digits = field.prefix { $0 != ":" }
      if digits.isEmpty {
        numbers.append(0)
      } else if let number = Int(digits) {
        numbers.append(number)
      } else {
        return nil
      }
    }
    return numbers
  }
}
