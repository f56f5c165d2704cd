/// Characters that a picture draws itself: fonts disagree about them, or have none.
enum CellShape {
  /// Whether a cell can stand in a run of text: every monospaced font has it, as wide as any other.
  static func isLetter(_ cell: Cell) -> Bool {
    guard cell.columns == 1, let scalar = cell.character.single else { return false }
    switch scalar.value {
    // Latin, Greek, Cyrillic; dashes, quotation marks, the ellipsis.
    case 0x20...0x24F, 0x370...0x3FF, 0x400...0x45F, 0x2010...0x2027: return true
    default: return false
    }
  }

  /// The outline of a symbol whose cell begins at a point; nil for one that is left to the font.
  static func path(of scalar: Unicode.Scalar, x: Int, y: Int) -> String? {
    switch scalar {
    case "●": return disc(x + 6, y + 12, 4)
    // The second circle runs the other way round, which makes it a hole (the rule "nonzero").
    case "○": return disc(x + 6, y + 12, 4) + hole(x + 6, y + 12, 2.6)
    case "◔":
      return disc(x + 6, y + 12, 4) + hole(x + 6, y + 12, 2.8) + "M\(x + 6) \(y + 12)v-3a3 3 0 0 1 3 3z"
    case "◐": return disc(x + 6, y + 12, 4) + "M\(x + 6) \(y + 15)a3 3 0 0 0 0-6z"
    case "◎": return disc(x + 6, y + 12, 4) + hole(x + 6, y + 12, 2.8) + disc(x + 6, y + 12, 1)
    case "▸": return "M\(x + 3) \(y + 8)l6 4l-6 4z"
    case "▶": return "M\(x + 2) \(y + 6)l9 6l-9 6z"
    case "▾": return "M\(x + 2) \(y + 9)h8l-4 6z"
    case "◆": return "M\(x + 6) \(y + 6)l5 6l-5 6l-5-6z"
    case "✓": return "M\(x) \(y + 13)l1.7-1.7l2.7 2.7l5.8-7.6l1.8 1.4l-7.4 9.7z"
    case "✗":
      return
        "M\(x + 1) \(y + 8)l1.6-1.5l3.4 4l3.4-4l1.6 1.5l-3.5 4l3.5 4l-1.6 1.5l-3.4-4l-3.4 4l-1.6-1.5l3.5-4z"
    case "⛊": return "M\(x + 2) \(y + 7)h8v5q0 4.5-4 6.5q-4-2-4-6.5z"
    case "█": return "M\(x) \(y)h12v24h-12z"
    case "▐": return "M\(x + 6) \(y)h6v24h-6z"
    case "▏", "▎", "▍", "▌", "▋", "▊", "▉":
      // U+258F is an eighth, U+2589 seven.
      let eighths = 0x2590 - Int(scalar.value)
      return "M\(x) \(y + 3)h\(Double(eighths) * 1.5)v18h-\(Double(eighths) * 1.5)z"
    case "\u{2801}"..."\u{28FF}": return braille(scalar, x, y)
    default: return nil
    }
  }

  private static func disc(_ x: Int, _ y: Int, _ radius: Int) -> String {
    "M\(x - radius) \(y)a\(radius) \(radius) 0 0 1 \(2 * radius) 0a\(radius) \(radius) 0 0 1-\(2 * radius) 0z"
  }

  private static func hole(_ x: Int, _ y: Int, _ radius: Double) -> String {
    "M\(Double(x) - radius) \(y)a\(radius) \(radius) 0 0 0 \(2 * radius) 0a\(radius) \(radius) 0 0 0-\(2 * radius) 0z"
  }

  /// The dots of a braille pattern, whose bits are numbered down the left column, then the right, then the lowest row.
  private static func braille(_ scalar: Unicode.Scalar, _ x: Int, _ y: Int) -> String {
    let places = [(3, 5), (3, 10), (3, 15), (9, 5), (9, 10), (9, 15), (3, 20), (9, 20)]
    let bits = scalar.value - 0x2800
    return places.enumerated().filter { bits >> UInt32($0.offset) & 1 == 1 }.map {
      "M\(x + $0.element.0 - 1) \(y + $0.element.1 - 1)h2v2h-2z"
    }.joined()
  }
}
