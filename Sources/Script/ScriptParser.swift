/// Reads SQL files: bytes in, statements with their effects out.
public enum ScriptParser {
  /// Takes a file apart into statements, each with its effects, locks and transaction rule.
  ///
  /// Never fails: what cannot be read is reported in ``ParsedScript/problems``. A file that is not UTF-8 without NUL
  /// gives that problem and no statements.
  public static func parse(_ bytes: [UInt8]) -> ParsedScript {
    if let problem = EncodingCheck.problem(in: bytes) { return ParsedScript(problems: [problem]) }
    let split = ScriptSplitter.split(bytes, from: EncodingCheck.byteOrderMarkLength(of: bytes))
    var reader = ScriptReader(bytes, split)
    return reader.read()
  }

  /// Takes a text apart into statements, each with its effects, locks and transaction rule.
  public static func parse(_ text: String) -> ParsedScript {
    parse(Array(text.utf8))
  }
}
