/// Puts asterisks over passwords in a frame, so that what is recorded holds none.
///
/// The console shows no password of its own; but an operator can type one, a file can hold one, and a server's message can
/// quote one. What is known to be secret is masked wherever it stands in a line, and so is what looks like one: the
/// password of a URL, and what follows `password =` or `PASSWORD '`.
public struct SecretMask: Sendable, Hashable {
  private var secrets: [[Unicode.Scalar]] = []

  /// Knows no secrets, only what they look like.
  public init() {}

  /// Masks this text from now on, wherever it stands.
  public mutating func add(_ secret: String) {
    let scalars = Array(secret.unicodeScalars)
    if !scalars.isEmpty, !secrets.contains(scalars) { secrets.append(scalars) }
  }

  /// The frame without what is secret.
  public func masked(_ frame: Frame) -> Frame {
    var masked = frame
    for row in 0..<frame.size.rows {
      // One scalar a cell: marks that join another are no part of what passwords are looked for by.
      let letters = frame.row(row).map { $0.character.base ?? " " }
      for column in secretColumns(letters) {
        masked.write("*", at: Point(column: column, row: row), style: frame[column, row].style, columns: 1)
      }
    }
    return masked
  }

  private func secretColumns(_ letters: [Unicode.Scalar]) -> Set<Int> {
    var columns: Set<Int> = []
    for secret in secrets {
      for start in letters.indices where letters[start...].starts(with: secret) {
        columns.formUnion(start..<(start + secret.count))
      }
    }
    for start in letters.indices {
      if let range = Self.passwordOfURL(letters, at: start) ?? Self.assignedPassword(letters, at: start) {
        columns.formUnion(range)
      }
    }
    return columns
  }

  /// `://user:SECRET@`, also while it is being typed.
  private static func passwordOfURL(_ letters: [Unicode.Scalar], at start: Int) -> Range<Int>? {
    let opening: [Unicode.Scalar] = [":", "/", "/"]
    guard letters[start...].starts(with: opening) else { return nil }
    var place = start + opening.count
    while place < letters.count, !endsWord(letters[place]), !["/", "@", ":"].contains(letters[place]) {
      place += 1
    }
    guard place < letters.count, letters[place] == ":" else { return nil }
    let first = place + 1
    let end = letters[first...].firstIndex(where: endsWord) ?? letters.count
    // A password may hold an at sign; what follows the last one is the host. Without one, digits are a port.
    let at = letters[first..<end].lastIndex(of: "@")
    if at == nil, letters[first..<end].prefix(while: { $0 != "/" }).allSatisfy({ ("0"..."9").contains($0) }) {
      return nil
    }
    let last = at ?? end
    return first < last ? first..<last : nil
  }

  /// `password=SECRET`, `password: 'SECRET'`, `PASSWORD 'SECRET'`.
  private static func assignedPassword(_ letters: [Unicode.Scalar], at start: Int) -> Range<Int>? {
    let name = Array("password".unicodeScalars)
    let found = letters[start...].prefix(name.count).map { $0.properties.lowercaseMapping }
    guard found == name.map({ String($0) }) else { return nil }
    var place = start + name.count
    var isAssigned = false
    while place < letters.count, letters[place] == " " || letters[place] == "=" || letters[place] == ":" {
      if letters[place] != " " { isAssigned = true }
      place += 1
    }
    guard place < letters.count else { return nil }
    if let quote = ["'", "\""].first(where: { $0 == letters[place] }) {
      let first = place + 1
      let end = letters[first...].firstIndex(of: quote) ?? letters[first...].firstIndex(where: endsWord)
      return first..<(end ?? letters.count)
    }
    guard isAssigned else { return nil }
    let end = letters[place...].firstIndex { endsWord($0) || $0 == "&" } ?? letters.count
    return place < end ? place..<end : nil
  }

  private static func endsWord(_ letter: Unicode.Scalar) -> Bool {
    letter == " " || letter == "'" || letter == "\"" || (0x2500...0x257F).contains(letter.value)
  }
}
