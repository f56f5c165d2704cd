/// Makes a text from outside safe to show in one line, without hiding anything that it holds.
///
/// Names, notices, SQL and errors come from people and databases that this program does not trust: a carriage return
/// or an escape sequence in them would redraw the screen, a bidirectional override would show another text than is
/// there. Controls become their pictures (`␛`, `␀`), line ends `↵`, tabs spaces up to the next column of four;
/// characters that are invisible or turn the direction become `<U+202E>`. Emoji presentation selectors and skin tones,
/// over whose width terminals disagree, are left out. Safe texts come back unchanged.
public func harmless(_ text: String) -> String {
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
  var safe = HarmlessText()
  for scalar in text.unicodeScalars { safe.append(scalar) }
  return safe.text
}

/// Makes a text of several lines from outside safe to show, line by line.
///
/// Line ends are LF, CRLF and CR; each line is treated as ``harmless(_:)`` does.
public func harmlessLines(_ text: String) -> [String] {
  var lines: [String] = []
  var line = HarmlessText()
  var previous: Unicode.Scalar?
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n" where previous == "\r": break
    case "\n", "\r":
      lines.append(line.text)
      line = HarmlessText()
    default: line.append(scalar)
    }
    previous = scalar
  }
  lines.append(line.text)
  return lines
}

private struct HarmlessText {
  var text = ""
  private var columns = 0
  private var previous: Unicode.Scalar?

  mutating func append(_ scalar: Unicode.Scalar) {
    defer { previous = scalar }
    switch scalar.value {
    case 0x09: put(String(repeating: " ", count: 4 - columns % 4))
    case 0x0A where previous == "\r": break
    case 0x0A, 0x0D: put("\u{21B5}")
    case 0x00..<0x20: put(scalar: 0x2400 + scalar.value)
    case 0x20..<0x7F: put(scalar: scalar.value)
    case 0x7F: put(scalar: 0x2421)
    case 0xFE0E...0xFE0F where followsEmoji: break
    case 0x1F3FB...0x1F3FF where followsEmoji: break
    default:
      if isHidden(scalar) { put(codePoint(scalar)) } else { put(scalar: scalar.value) }
    }
  }

  private var followsEmoji: Bool {
    guard let previous, previous.value > 0x7F else { return false }
    return previous.properties.isEmoji || previous.value == 0xFE0F
  }

  /// Whether a reader could not see that it is there, or it changes the order of what is around it.
  private func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
    // Blanks of other widths look like a space, or like nothing.
    case .spaceSeparator: true
    case .nonspacingMark, .enclosingMark: text.isEmpty || isInvisibleMark(scalar)
    default: isBlankLetter(scalar)
    }
  }

  private func isInvisibleMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isVariationSelector
  }

  /// Letters without ink: the Hangul fillers and the empty Braille pattern.
  private func isBlankLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isDefaultIgnorableCodePoint || scalar.value == 0x2800
  }

  private func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "<U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)>"
  }

  private mutating func put(scalar value: UInt32) {
    guard let scalar = Unicode.Scalar(value) else { return }
    text.unicodeScalars.append(scalar)
    columns += CharacterWidth.columns(of: scalar)
  }

  private mutating func put(_ more: String) {
    text += more
    columns += more.unicodeScalars.count
  }
}
