/// Reads the lines of a TOML text: headers, keys, and the values behind them.
struct TOMLParser {
  var scanner: TOMLScanner
  /// How deeply arrays and inline tables are nested at the cursor.
  var depth = 0
  /// The nesting from which on a text is refused, so that no text can exhaust the stack.
  static let deepest = 64
  /// The parts from which on a dotted key is refused, for the same reason.
  static let longestKey = 32

  init(_ text: String) { scanner = TOMLScanner(text) }

  mutating func document() throws(TOMLError) -> TOMLTable {
    let root = TOMLTableNode(origin: .header, position: scanner.position)
    var table = root
    while true {
      scanner.skipSpaces()
      guard let current = scanner.current else { break }
      if scanner.takeLineEnd() { continue }
      if current == "#" {
        try skipComment()
      } else if current == "[" {
        table = try header(in: root)
        try endLine(after: "a table's header")
      } else {
        try keyAndValue(into: table)
        try endLine(after: "a value")
      }
    }
    return root.frozen
  }

  private mutating func header(in root: TOMLTableNode) throws(TOMLError) -> TOMLTableNode {
    let isElement = scanner.sees("[[")
    scanner.advance(isElement ? 2 : 1)
    scanner.skipSpaces()
    let path = try key()
    guard scanner.sees(isElement ? "]]" : "]") else {
      let closing = isElement ? "`]]`" : "`]`"
      throw unexpected("\(closing) is missing behind the table's name")
    }
    scanner.advance(isElement ? 2 : 1)
    return isElement ? try root.appendElement(header: path) : try root.define(header: path)
  }

  mutating func keyAndValue(into table: TOMLTableNode) throws(TOMLError) {
    let path = try key()
    guard scanner.current == "=" else {
      throw unexpected("`=` is missing behind the key `\(path.map(\.name).joined(separator: "."))`")
    }
    scanner.advance()
    scanner.skipSpaces()
    try table.insert(path, value())
  }

  /// A key, dotted or not, and the spaces behind it.
  private mutating func key() throws(TOMLError) -> [TOMLKey] {
    var path = [try keyPart()]
    scanner.skipSpaces()
    while scanner.current == "." {
      scanner.advance()
      scanner.skipSpaces()
      if path.count == Self.longestKey {
        throw TOMLError("a key cannot have more than \(Self.longestKey) parts", at: scanner.position)
      }
      path.append(try keyPart())
      scanner.skipSpaces()
    }
    return path
  }

  private mutating func keyPart() throws(TOMLError) -> TOMLKey {
    let position = scanner.position
    if scanner.sees("\"\"\"") || scanner.sees("'''") {
      throw TOMLError("a key cannot be a multi-line string", at: position)
    }
    if scanner.current == "\"" { return TOMLKey(name: try basicString(), position: position) }
    if scanner.current == "'" { return TOMLKey(name: try literalString(), position: position) }
    var name = String.UnicodeScalarView()
    while let current = scanner.current, Self.isBareKey(current) {
      name.append(current)
      scanner.advance()
    }
    guard !name.isEmpty else {
      throw unexpected("a key is expected here (letters, digits, `_`, `-`, or any text in quotes)")
    }
    return TOMLKey(name: String(name), position: position)
  }

  private static func isBareKey(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
    default: false
    }
  }

  /// Goes to the next line; nothing but a comment may be left on this one.
  private mutating func endLine(after what: String) throws(TOMLError) {
    scanner.skipSpaces()
    if scanner.current == "#" { try skipComment() }
    guard scanner.current == nil || scanner.takeLineEnd() else {
      throw unexpected("a new line is expected after \(what)")
    }
  }

  mutating func skipComment() throws(TOMLError) {
    while let current = scanner.current, !scanner.isAtLineEnd {
      if TOMLScanner.isControl(current) {
        throw TOMLError("\(TOMLScanner.shown(current)) cannot stand in a comment", at: scanner.position)
      }
      scanner.advance()
    }
  }

  /// An error at the cursor that says what stands there.
  func unexpected(_ message: String) -> TOMLError {
    TOMLError("\(message); found \(TOMLScanner.shown(scanner.current))", at: scanner.position)
  }
}
