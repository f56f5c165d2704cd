/// Texts that are equal for two statements that say the same.
///
/// What comments, white space, and the case of key words and unquoted names make different is equal in both forms. The
/// form by tokens is cheap; the form by tree costs a parse and makes other spellings of one statement equal, too
/// (`int` and `integer`, needless parentheses).
public enum ComparableForm {
  /// The statement's tokens, without comments, key words and unquoted names in lower case.
  ///
  /// Strings are kept as they are: what stands in a function's body is kept by the server, comments included.
  public static func byTokens(_ statement: String) -> String {
    let bytes = Array(statement.utf8)
    var lexer = SQLLexer(bytes)
    var form: [UInt8] = []
    form.reserveCapacity(bytes.count)
    var end = 0
    var wasSymbol = false
    while let token = lexer.next() {
      switch token.kind {
      case .lineComment, .blockComment: continue
      case .semicolon where lexer.offset == bytes.count: continue
      default: break
      }
      // Two symbols without a blank between them may be one operator, with a blank they are two.
      let isSymbol = token.kind == .symbol
      if !form.isEmpty, !(isSymbol && wasSymbol && token.range.lowerBound == end) {
        form.append(UInt8(ascii: " "))
      }
      let text = bytes[token.range]
      form += token.kind == .word ? text.map(lowercase) : Array(text)
      end = token.range.upperBound
      wasSymbol = isSymbol
    }
    return String(decoding: form, as: UTF8.self)
  }

  /// The statement's parse tree as text, without the places in it; the form by tokens where it cannot be parsed.
  ///
  /// The body of a `DO` block is taken by its tokens, since the server does not keep it.
  public static func byTree(_ statement: String) -> String {
    let tree = DeepParsing.run(depth: ParseDepth.bound(of: statement)) { () -> String? in
      switch SyntaxTree.withStatements(of: statement, { $0.map(TreeForm.of).joined(separator: ";") }) {
      case .success(let text): text
      case .failure: nil
      }
    }
    return (tree ?? nil) ?? byTokens(statement)
  }

  private static func lowercase(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }
}
