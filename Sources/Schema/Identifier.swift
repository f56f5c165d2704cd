/// Names as PostgreSQL's lexer reads and writes them (PostgreSQL documentation, 4.1.1 Identifiers and Key Words).
public enum Identifier {
  /// The longest identifier that PostgreSQL keeps, in bytes (NAMEDATALEN - 1).
  public static let maximumLength = 63

  /// The name with double quotes if it needs them to be read back unchanged.
  ///
  /// Key words are left alone: this is for people to read. Use ``alwaysQuoted(_:)`` to build SQL.
  public static func quoted(_ name: String) -> String {
    isPlain(name) ? name : alwaysQuoted(name)
  }

  /// The name in double quotes, with the quotes in it doubled: safe in any SQL.
  public static func alwaysQuoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// The name behind quotes, or the text itself where it has none.
  public static func unquoted(_ text: String) -> String {
    guard text.count > 1, text.first == "\"", text.last == "\"" else { return text }
    return text.dropFirst().dropLast().split(separator: "\"\"", omittingEmptySubsequences: false)
      .joined(separator: "\"")
  }

  /// Takes a name in double quotes from the beginning of a text; nil if none begins there, or if it does not end.
  public static func takeQuoted(from text: inout Substring) -> String? {
    guard text.first == "\"" else { return nil }
    var rest = text.dropFirst()
    var name = ""
    while let character = rest.popFirst() {
      if character == "\"" {
        guard rest.first == "\"" else {
          text = rest
          return name
        }
        rest.removeFirst()
      }
      name.append(character)
    }
    return nil
  }

  /// Whether a text holds a name as a whole one, and not as a piece of another (`id` in `invoice_id_seq`).
  public static func isNamed(_ name: String, in text: String) -> Bool {
    func isWord(_ byte: UInt8) -> Bool {
      isLetter(byte | 0x20) || byte == 0x5F || (byte >= 0x30 && byte <= 0x39) || byte == 0x24 || byte >= 0x80
    }
    let (bytes, wanted) = (Array(text.utf8), Array(name.utf8))
    guard let first = wanted.first, bytes.count >= wanted.count else { return false }
    return (0...(bytes.count - wanted.count)).contains { start in
      let end = start + wanted.count
      return bytes[start] == first && bytes[start..<end].elementsEqual(wanted)
        && (start == 0 || !isWord(bytes[start - 1])) && (end == bytes.count || !isWord(bytes[end]))
    }
  }

  /// The name cut to 63 bytes at a character boundary, as the server cuts it.
  public static func truncated(_ name: String) -> String {
    guard name.utf8.count > maximumLength else { return name }
    var kept = ""
    var bytes = 0
    for scalar in name.unicodeScalars {
      let width = UTF8.width(scalar)
      guard bytes + width <= maximumLength else { break }
      kept.unicodeScalars.append(scalar)
      bytes += width
    }
    return kept
  }

  private static func isPlain(_ name: String) -> Bool {
    guard let first = name.utf8.first, isLetter(first) else { return false }
    return name.utf8.allSatisfy { isLetter($0) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x24 }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte >= 0x61 && byte <= 0x7A) || byte == 0x5F
  }
}
