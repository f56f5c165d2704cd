import Schema

/// Gives names in a text of SQL other names.
public enum IdentifierRenaming {
  /// The text with every identifier that is a key of `names` put as its value; nil if none of them stands in it.
  ///
  /// Where a name stands is not looked at: an alias of the same name is renamed as well.
  public static func rename(_ sql: String, _ names: [String: String]) -> String? {
    let bytes = Array(sql.utf8)
    var lexer = SQLLexer(bytes)
    var renamed: [UInt8] = []
    var end = 0
    var isChanged = false
    while let token = lexer.next() {
      renamed += bytes[end..<token.range.lowerBound]
      end = token.range.upperBound
      let text = String(decoding: bytes[token.range], as: UTF8.self)
      if let name = identifier(token.kind, text), let new = names[name] {
        renamed += Array(Identifier.alwaysQuoted(new).utf8)
        isChanged = true
      } else {
        renamed += bytes[token.range]
      }
    }
    renamed += bytes[end...]
    return isChanged ? String(decoding: renamed, as: UTF8.self) : nil
  }

  /// The text with every parameter (`$1`) put as the name that `names` gives to its number.
  public static func nameParameters(_ sql: String, _ names: [Int: String]) -> String {
    let bytes = Array(sql.utf8)
    var lexer = SQLLexer(bytes)
    var renamed: [UInt8] = []
    var end = 0
    while let token = lexer.next() {
      renamed += bytes[end..<token.range.lowerBound]
      end = token.range.upperBound
      let number = Int(String(decoding: bytes[token.range].dropFirst(), as: UTF8.self))
      if token.kind == .parameter, let name = number.flatMap({ names[$0] }) {
        renamed += Array(name.utf8)
      } else {
        renamed += bytes[token.range]
      }
    }
    renamed += bytes[end...]
    return String(decoding: renamed, as: UTF8.self)
  }

  /// The name that a token is, as the server folds it; nil if it is none.
  static func identifier(_ kind: SQLTokenKind, _ text: String) -> String? {
    switch kind {
    case .word: text.lowercased()
    case .quotedIdentifier:
      text.dropFirst().dropLast().split(separator: "\"\"", omittingEmptySubsequences: false)
        .joined(separator: "\"")
    default: nil
    }
  }
}
