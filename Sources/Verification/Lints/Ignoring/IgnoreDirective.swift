import Script

/// `-- signalbox: ignore lint.NAME because REASON`, before a statement.
struct IgnoreDirective: Sendable {
  /// The lints to ignore, at least one.
  var codes: [LintCode]
  /// Why; nil if the comment does not say.
  var reason: String?
  /// The comment.
  var position: SourcePosition

  /// Reads a comment; nil if it is no such directive.
  init?(_ comment: ScriptComment) {
    let words = comment.content.split { $0 == " " || $0 == "\t" || $0 == "," || $0 == "\n" || $0 == "\r" }
    guard words.count > 2, words[0].lowercased() == "signalbox:", words[1].lowercased() == "ignore" else {
      return nil
    }
    let rest = words.dropFirst(2)
    let named = rest.prefix { $0.lowercased() != "because" }
    codes = named.map { LintCode(rawValue: String($0)) }
    guard !codes.isEmpty else { return nil }
    let explanation = rest.dropFirst(named.count + 1)
    reason = explanation.isEmpty ? nil : explanation.joined(separator: " ")
    position = comment.position
  }
}
