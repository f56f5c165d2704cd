/// One comment of a file, for the directives that tools write into comments.
///
/// Comments inside strings, function bodies among them, are part of the string and do not appear.
public struct ScriptComment: Sendable, Hashable {
  /// The comment with its marks (`-- requires: 070_users`, `/* … */`), without the end of the line.
  public var text: String
  /// The bytes of the file that `text` stands at.
  public var byteRange: Range<Int>
  /// Where it begins.
  public var position: SourcePosition
  /// The index of the statement that it stands in or, if it stands in none, of the next one; as many as there are
  /// statements if none follows.
  public var statement: Int
  /// Whether it stands between the first token of that statement and the semicolon that ends it.
  public var isInsideStatement: Bool

  /// Makes a comment from its parts.
  public init(
    text: String, byteRange: Range<Int>, position: SourcePosition, statement: Int, isInsideStatement: Bool
  ) {
    self.text = text
    self.byteRange = byteRange
    self.position = position
    self.statement = statement
    self.isInsideStatement = isInsideStatement
  }

  /// What it says: the text without its marks and the white space around it.
  public var content: String {
    var bytes = text.utf8[...]
    if bytes.starts(with: "--".utf8) {
      bytes = bytes.dropFirst(2)
    } else {
      bytes = bytes.dropFirst(2)
      if bytes.suffix(2).elementsEqual("*/".utf8) { bytes = bytes.dropLast(2) }
    }
    while let first = bytes.first, first.isSpace { bytes = bytes.dropFirst() }
    while let last = bytes.last, last.isSpace { bytes = bytes.dropLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
