/// What is odd about a password in an address; never the password.
public struct PasswordFacts: Sendable, Hashable {
  /// Whether it is empty.
  public var isEmpty: Bool
  /// The characters that end the password early, or make the URL unreadable, unless they are encoded.
  ///
  /// `@`, `/`, and a `%` without two digits after it; each once, in order.
  public var breaking: [Character]
  /// The characters that libpq takes as they are and other programs do not; each once, in order.
  public var doubtful: [Character]
  /// Whether a `%` with two hexadecimal digits after it stands in it, which a URL reads as one character.
  public var holdsEncodedCharacters: Bool

  /// Looks at a password as it stands in a URL.
  init(inURL text: Substring) {
    isEmpty = text.isEmpty
    breaking = []
    doubtful = []
    holdsEncodedCharacters = false
    var rest = text
    while let character = rest.popFirst() {
      if character == "%" {
        if rest.prefix(2).count == 2, rest.prefix(2).allSatisfy(\.isHexDigit) {
          holdsEncodedCharacters = true
        } else {
          Self.add("%", to: &breaking)
        }
      } else if character == "@" || character == "/" {
        Self.add(character, to: &breaking)
      } else if !character.isASCII || Self.reserved.contains(character) {
        Self.add(character, to: &doubtful)
      }
    }
  }

  /// Looks at a password that stands for itself.
  init(plain text: String) {
    isEmpty = text.isEmpty
    breaking = []
    doubtful = []
    holdsEncodedCharacters = false
  }

  /// How a character is written in a URL: its bytes in hexadecimal, each after a `%`.
  public static func encoded(_ character: Character) -> String {
    String(character).utf8.map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" + digits : digits)
    }
    .joined()
  }

  /// What a URL keeps for itself and libpq lets pass in a password (RFC 3986, section 2.2), and white space.
  private static let reserved: Set<Character> = [
    ":", "?", "#", "[", "]", " ", "\"", "<", ">", "\\", "^", "`", "{", "|", "}",
  ]

  private static func add(_ character: Character, to list: inout [Character]) {
    if !list.contains(character) { list.append(character) }
  }
}
