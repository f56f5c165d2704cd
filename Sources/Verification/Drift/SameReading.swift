/// Whether two texts of SQL are read as the same, told by their letters alone.
///
/// The server writes what it keeps in its own way: capitals for its words, parentheses around the whole, white space. Texts
/// that differ in no more than that mean the same, and need not be put to the server. What is not seen at once to be the
/// same may be the same all the same.
enum SameReading {
  /// Whether both are read as the same for sure.
  static func isSure(_ left: String, _ right: String) -> Bool {
    if left == right { return true }
    guard let left = canonical(left), let right = canonical(right) else { return false }
    return left == right
  }

  /// The text in small letters outside of quotes, without white space that separates nothing and without the parentheses
  /// around it; nil where these rules do not tell what its letters mean (comments, dollar quotes, escapes, other letters).
  private static func canonical(_ text: String) -> ArraySlice<UInt8>? {
    let bytes = Array(text.utf8)
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var place = 0
    var isSpaced = false
    while place < bytes.count {
      let byte = bytes[place]
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        isSpaced = true
        place += 1
        continue
      }
      if byte == UInt8(ascii: "$") || byte == UInt8(ascii: "\\") || byte >= 0x80 { return nil }
      if place + 1 < bytes.count, beginsComment(byte, bytes[place + 1]) { return nil }
      if isSpaced, let last = kept.last, separates(last, byte) { kept.append(0x20) }
      isSpaced = false
      guard byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") else {
        kept.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
        place += 1
        continue
      }
      guard let end = endOfQuoted(bytes, from: place) else { return nil }
      kept += bytes[place..<end]
      place = end
    }
    return withoutOuterParentheses(kept[...])
  }

  private static func beginsComment(_ first: UInt8, _ second: UInt8) -> Bool {
    (first == UInt8(ascii: "-") && second == UInt8(ascii: "-"))
      || (first == UInt8(ascii: "/") && second == UInt8(ascii: "*"))
  }

  /// The place behind a quoted name or literal; nil if it holds what is not read as it stands.
  private static func endOfQuoted(_ bytes: [UInt8], from start: Int) -> Int? {
    var place = start + 1
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "\\") { return nil }
      if bytes[place] == bytes[start] {
        guard place + 1 < bytes.count, bytes[place + 1] == bytes[start] else { return place + 1 }
        place += 1
      }
      place += 1
    }
    return nil
  }

  /// Whether white space between two letters may keep two tokens apart.
  private static func separates(_ left: UInt8, _ right: UInt8) -> Bool {
    !isBracket(left) && !isBracket(right) && isOperator(left) == isOperator(right)
  }

  private static func isBracket(_ byte: UInt8) -> Bool { "(),;".utf8.contains(byte) }

  private static func isOperator(_ byte: UInt8) -> Bool { "+-*/<>=~!@#%^&|`?:".utf8.contains(byte) }

  private static func withoutOuterParentheses(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = text
    while rest.first == UInt8(ascii: "("), closing(rest) == rest.endIndex - 1 {
      rest = rest.dropFirst().dropLast()
    }
    return rest
  }

  /// The place of the parenthesis that closes the first one.
  private static func closing(_ text: ArraySlice<UInt8>) -> Int? {
    var depth = 0
    var quote: UInt8?
    for (place, byte) in zip(text.indices, text) {
      if let open = quote {
        // A doubled quote ends the quoted part and begins it anew.
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte == UInt8(ascii: "(") {
        depth += 1
      } else if byte == UInt8(ascii: ")") {
        depth -= 1
        if depth == 0 { return place }
      }
    }
    return nil
  }
}
