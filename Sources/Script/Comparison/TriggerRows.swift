/// The row that a trigger function sees.
public enum TriggerRows {
  /// The columns that a function of a trigger reads or writes of its row: `NEW.name`, `OLD.name` (PL/pgSQL, Trigger Functions).
  ///
  /// `statement` is the one that makes the function, whose body is a string in it.
  public static func columns(in statement: String) -> Set<String> {
    let bytes = Array(statement.utf8)
    var lexer = SQLLexer(bytes)
    var columns: Set<String> = []
    while let token = lexer.next() {
      guard token.kind == .dollarString || token.kind == .string else { continue }
      columns.formUnion(fields(in: bytes, token.range))
    }
    return columns
  }

  private static func fields(in bytes: [UInt8], _ literal: Range<Int>) -> Set<String> {
    let isDollarQuoted = bytes[literal.lowerBound] == UInt8(ascii: "$")
    let tag = isDollarQuoted ? bytes[literal].dropFirst().prefix { $0 != UInt8(ascii: "$") }.count + 2 : 1
    let start = literal.lowerBound + tag
    let body = start..<max(start, literal.upperBound - tag)
    var lexer = SQLLexer(bytes, from: body.lowerBound, to: body.upperBound)
    var fields: Set<String> = []
    var isRow = false
    var isBehindRow = false
    while let token = lexer.next() {
      guard ![.lineComment, .blockComment].contains(token.kind) else { continue }
      let name = IdentifierRenaming.identifier(
        token.kind, String(decoding: bytes[token.range], as: UTF8.self))
      if isBehindRow, let name { fields.insert(name) }
      isBehindRow = isRow && token.kind == .dot
      isRow = name == "new" || name == "old"
    }
    return fields
  }
}
