/// A text of SQL reduced to what survives when the server parses and writes it anew.
///
/// The server adds casts, parentheses, schema and table names, and aliases, and spells some operators in another way.
/// All of that is left out here. Two spellings of one definition mostly have one fingerprint; two definitions that
/// differ in more than that have two. Equality is therefore a strong sign, and difference none.
enum Fingerprint {
  /// The fingerprint of a text.
  static func of(_ sql: String) -> String {
    var reader = Reader(sql)
    reader.read()
    var words = reader.words
    if reader.needsRewriting { FingerprintRewriting.rewrite(&words) }
    words.removeAll { $0 == "(" || $0 == ")" || $0 == "," }
    // A default of NULL is none, and the server keeps none.
    return words == ["null"] ? "" : words.joined(separator: " ")
  }

  /// Reads the words of a text, with the parentheses and commas between them.
  private struct Reader {
    private(set) var words: [String] = []
    /// Whether there is something that the server writes in another order.
    private(set) var needsRewriting = false
    private var tokens: FingerprintTokens
    /// The functions whose arguments are separated by words of their own, for each open parenthesis.
    private var calls: [String?] = []
    /// The last word that is no parenthesis.
    private var last = ""

    init(_ sql: String) { tokens = FingerprintTokens(sql) }

    mutating func read() {
      while let token = tokens.next() { take(token) }
    }

    /// The functions of the standard that separate their arguments by words (`extract(year FROM at)`).
    private static let wordedCalls: Set<String> = ["extract", "btrim", "substring", "overlay", "position"]

    private mutating func take(_ token: String) {
      switch token {
      case "(":
        calls.append(Self.wordedCalls.contains(last) && words.last == last ? last : nil)
        words.append(token)
      case ")":
        _ = calls.popLast()
        words.append(token)
      case ",": words.append(token)
      case ";", "[", "]": return
      case ".":
        // What stands before a dot is a schema's or a table's name.
        if words.last != ")", !words.isEmpty { words.removeLast() }
      case "::": tokens.skipType()
      case "as":
        if !tokens.isAtParenthesis { tokens.skipType() }
      case "cast" where tokens.isAtParenthesis: return
      // `(a, b)` comes back as `ROW(a, b)`.
      case "row" where tokens.isAtParenthesis: return
      case "=", "<>", "!=":
        if words.last == ")", tokens.isAtParenthesis { needsRewriting = true }
        appendOperator(token)
      case "from", "for", "placing", "in", "both":
        if calls.last.flatMap({ $0 }) == nil { append(token) } else if token != "both" { words.append(",") }
      default: appendOperator(token)
      }
    }

    private mutating func appendOperator(_ token: String) {
      switch token {
      case "!=": append("<>")
      case "~~": append("like")
      case "!~~": append("not", "like")
      case "~~*": append("ilike")
      case "!~~*": append("not", "ilike")
      case "similar":
        _ = tokens.next()
        let isNegated = words.last == "not"
        if isNegated { words.removeLast() }
        append(isNegated ? "!~" : "~", "similar_to_escape")
      case "current_timestamp", "now": append("now")
      case "procedure": append("function")
      case "trim": append("btrim")
      case "any" where last == "=":
        // `x IN (1, 2)` comes back as `x = ANY (ARRAY[1, 2])`.
        while let word = words.popLast(), word != "=" {}
        append("in")
      case "array" where last == "in" || last == "all": return
      default: append(token)
      }
    }

    private mutating func append(_ new: String...) {
      for word in new {
        if word.first == "'" {
          let isField = calls.last == "extract" && words.last == "("
          words += isField ? [String(word.dropFirst().dropLast())] : FingerprintLiteral.words(word)
        } else {
          words.append(word)
        }
        last = word
        if FingerprintRewriting.marks.contains(word) { needsRewriting = true }
      }
    }
  }
}
