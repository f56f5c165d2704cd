/// String constants written as SQL (PostgreSQL documentation, 4.1.2.1 String Constants).
public enum SQLLiteral {
  /// The text as a constant that means the same whatever `standard_conforming_strings` says.
  public static func text(_ text: String) -> String {
    let quoted = standard(text)
    guard quoted.contains("\\") else { return quoted }
    // The space keeps the E apart from a word before it.
    return " E" + quoted.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
  }

  /// The text as the standard writes it and the server's deparser does: only quotes have a meaning in it.
  public static func standard(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }
}
