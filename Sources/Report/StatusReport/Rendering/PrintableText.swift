/// Foreign text without what would act instead of being read.
enum PrintableText {
  /// The text with control characters and those that turn the direction of writing replaced by U+FFFD; tabs stay, and
  /// line ends, as LF.
  static func of(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHarmful) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where scalar != "\r" {
      result.append(isHarmful(scalar) ? "\u{FFFD}" : scalar)
    }
    return String(result)
  }

  /// The text on one line.
  static func onOneLine(_ text: String) -> String {
    of(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
