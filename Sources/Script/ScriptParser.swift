/// Reads SQL files: bytes in, statements with their effects out.
public enum ScriptParser {
  /// Takes a file apart into statements, each with its effects, locks and transaction rule.
  ///
  /// Never fails: what cannot be read is reported in ``ParsedScript/problems``. A file that is not UTF-8 without NUL
  /// gives that problem and no statements.
  public static func parse(_ bytes: [UInt8]) -> ParsedScript {
    var context = ScriptContext()
    return parse(bytes, in: &context)
  }

  /// Takes a file apart that runs after others, and adds what it makes to what is known of them.
  ///
  /// What the earlier files made tells which of several schemas an unqualified name means, which columns `*` stands for,
  /// which names the server chooses for constraints and indexes, and what goes with a dropped object. Settings do not
  /// outlive their file.
  public static func parse(_ bytes: [UInt8], in context: inout ScriptContext) -> ParsedScript {
    if let problem = EncodingCheck.problem(in: bytes) { return ParsedScript(problems: [problem]) }
    let split = ScriptSplitter.split(bytes, from: EncodingCheck.byteOrderMarkLength(of: bytes))
    var reader = ScriptReader(bytes, split, analyzer: StatementAnalyzer(taking: &context))
    let script = reader.read()
    context = reader.context
    return script
  }

  /// Takes a text apart into statements, each with its effects, locks and transaction rule.
  public static func parse(_ text: String) -> ParsedScript {
    parse(Array(text.utf8))
  }
}
