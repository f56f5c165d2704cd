/// What a person, a cat or a broken line may send to a terminal.
struct RandomKeys {
  /// A piece of input, and how many keys it counts for.
  static func next(_ dice: inout Dice) -> [UInt8] {
    switch dice.below(100) {
    case 0..<45: return [UInt8(0x20 + dice.below(95))]
    case 45..<60: return Array(frequent[dice.below(frequent.count)].utf8)
    case 60..<70: return [UInt8(dice.below(32))]
    case 70..<82: return Array("\u{1B}\(sequences[dice.below(sequences.count)])".utf8)
    case 82..<88:
      let place = "\(dice.below(250));\(dice.below(80))"
      return Array(
        "\u{1B}[<\(buttons[dice.below(buttons.count)]);\(place)\(dice.below(2) == 0 ? "M" : "m")".utf8)
    case 88..<93: return Array(words[dice.below(words.count)].utf8)
    default: return (0..<1 + dice.below(4)).map { _ in UInt8(dice.below(256)) }
    }
  }

  private static let frequent = [
    "\r", "y", "a", "s", "n", "c", "\t", " ", "1", "2", "3", "4", "5", "6", "j", "k", "*", "x",
  ]
  private static let sequences = [
    "", "", "[A", "[B", "[C", "[D", "OA", "OB", "OC", "OD", "[5~", "[6~", "[H", "[F", "[Z", "[3~", "OP",
    "[15~",
    "[1;5C", "[200~", "[201~", "[I", "[O", "[", "O", "]0;x\u{07}", "[999999999999999999~", "[<", "Pq",
  ]
  private static let buttons = [0, 1, 2, 32, 35, 64, 65, 128, 99_999]
  private static let words = [
    "é", "漢字", "👩‍👩‍👧", "\u{202E}", "\u{200B}", "e\u{301}\u{301}", ":theme ", ":set mouse\r", "/t", ":q",
  ]
}
