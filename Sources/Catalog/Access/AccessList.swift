import Schema

/// An access list as the server writes it: one text an item (PostgreSQL documentation, 5.8 Privileges).
///
/// Read here, where only some objects are looked at: to have the server take its lists apart costs it more than the rest of
/// what it says of an object.
struct AccessList: Sendable, Hashable {
  /// One privilege that somebody holds.
  struct Item: Sendable, Hashable {
    /// Its name (`SELECT`).
    var privilege: String
    /// The role, or `public`.
    var grantee: String
    /// Whether it may be handed on.
    var isGrantable: Bool
  }

  /// What is held, in the list's order.
  let items: [Item]

  /// Takes items apart; nil if one is none.
  init?(_ texts: [String?]) {
    var items: [Item] = []
    for text in texts {
      guard let text, let (grantee, rest) = Self.role(of: text[...]), rest.first == "=" else { return nil }
      for letter in rest.dropFirst() {
        if letter == "/" { break }
        if letter == "*" {
          guard !items.isEmpty else { return nil }
          items[items.count - 1].isGrantable = true
          continue
        }
        // What a newer server has named is kept by its letter.
        items.append(
          Item(
            privilege: Self.privileges[letter] ?? String(letter),
            grantee: grantee.isEmpty ? "public" : grantee, isGrantable: false))
      }
    }
    self.items = items
  }

  /// The role at the beginning of an item, in quotes where it has other characters than letters, digits and `_`.
  private static func role(of text: Substring) -> (name: String, rest: Substring)? {
    if text.first == "\"" {
      var rest = text
      return Identifier.takeQuoted(from: &rest).map { ($0, rest) }
    }
    guard let end = text.firstIndex(of: "=") else { return nil }
    return (String(text[..<end]), text[end...])
  }

  private static let privileges: [Character: String] = [
    "r": "SELECT", "a": "INSERT", "w": "UPDATE", "d": "DELETE", "D": "TRUNCATE", "x": "REFERENCES",
    "t": "TRIGGER", "m": "MAINTAIN", "U": "USAGE", "X": "EXECUTE", "C": "CREATE", "c": "CONNECT",
    "T": "TEMPORARY", "s": "SET", "A": "ALTER SYSTEM",
  ]
}
