/// Texts as Mermaid reads them.
enum MermaidText {
  /// A text in quotation marks, on one line: Mermaid reads entities in it, and knows no other escape.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for character in text {
      switch character {
      case "\"": quoted += "#quot;"
      case "#": quoted += "#35;"
      case "<": quoted += "#lt;"
      case ">": quoted += "#gt;"
      case _ where character.isNewline: quoted += " "
      default: quoted.append(character)
      }
    }
    return quoted + "\""
  }
}
