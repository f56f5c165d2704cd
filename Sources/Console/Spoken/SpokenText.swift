import Display

/// A line of the screen as it can be read out: words for signs, commas for columns.
enum SpokenText {
  /// A line without colours, signs and columns; empty if there was nothing else in it.
  static func text(_ line: Line) -> String { text(line.spans.map(\.text.string).joined()) }

  static func text(_ line: String) -> String {
    var words: [String] = []
    var column = ""
    var blanks = 0
    for scalar in line.unicodeScalars {
      if scalar == " " {
        blanks += 1
        continue
      }
      if blanks > 1, !column.isEmpty {
        words.append(column)
        column = ""
      } else if blanks == 1, !column.isEmpty {
        column += " "
      }
      blanks = 0
      column += word(for: scalar)
    }
    if !column.isEmpty { words.append(column) }
    return words.map(trimmed).filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private static func word(for scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "✓": "ok"
    case "✗": "not ok"
    case "≠": "unlike"
    case "→": "to"
    case "–": "-"
    case "…": "..."
    case "“", "”": "\""
    case "·": ","
    // States stand beside their signs as words, and boxes and bars are for the eye.
    case "●", "○", "◐", "▸", "▾", "▶", "◆", "⛊", "»": ""
    case "\u{2500}"..."\u{259F}", "\u{2800}"..."\u{28FF}": ""
    default: String(scalar)
    }
  }

  private static func trimmed(_ text: String) -> String {
    var text = text.replacing(" ,", with: ",")[...]
    while text.first == " " || text.first == "," { text.removeFirst() }
    while text.last == " " || text.last == "," { text.removeLast() }
    return String(text)
  }
}

extension String {
  fileprivate func replacing(_ part: String, with other: String) -> String {
    var result = ""
    var rest = self[...]
    while let first = rest.first {
      if rest.hasPrefix(part) {
        result += other
        rest = rest.dropFirst(part.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
