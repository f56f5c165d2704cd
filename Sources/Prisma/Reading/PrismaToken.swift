/// A word of the Prisma schema language.
struct PrismaToken: Sendable, Hashable {
  /// What it is.
  enum Kind: Sendable, Hashable {
    /// A name, a key word, or what stands for one (`true`, `SetNull`).
    case word(String)
    /// A number, as it is written.
    case number(String)
    /// The text of a string, with its escapes resolved.
    case string(String)
    /// One of `{ } ( ) [ ] , : . = ?`.
    case symbol(Character)
    /// `@`.
    case fieldMark
    /// `@@`.
    case blockMark
    /// A documentation comment (`///`), without the slashes.
    case documentation(String)
    /// The end of a line.
    case newline
    /// The end of the file.
    case end
  }

  var kind: Kind
  var location: PrismaLocation

  /// What an error message calls it.
  var wording: String {
    switch kind {
    case .word(let word): "\"\(word)\""
    case .number(let number): "the number \(number)"
    case .string: "a string"
    case .symbol(let symbol): "\"\(symbol)\""
    case .fieldMark: "\"@\""
    case .blockMark: "\"@@\""
    case .documentation: "a comment"
    case .newline: "the end of the line"
    case .end: "the end of the file"
    }
  }
}
