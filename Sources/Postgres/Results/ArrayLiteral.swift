/// PostgreSQL's text form of one-dimensional arrays: `{a,"b c",NULL}`.
///
/// The rules are those of "Array Input and Output Syntax" in the PostgreSQL documentation.
public enum ArrayLiteral {
  /// Writes elements as an array literal, with nil for NULL; every other element is quoted.
  public static func write(_ elements: [String?]) -> String {
    let parts = elements.map { element -> String in
      guard let element else { return "NULL" }
      var quoted = "\""
      for scalar in element.unicodeScalars {
        if scalar == "\"" || scalar == "\\" { quoted.unicodeScalars.append("\\") }
        quoted.unicodeScalars.append(scalar)
      }
      return quoted + "\""
    }
    return "{" + parts.joined(separator: ",") + "}"
  }

  /// Reads a one-dimensional array literal, with nil for NULL; returns nil when the text is not one.
  public static func read(_ text: String) -> [String?]? {
    var scalars = Array(text.unicodeScalars)[...]
    // An array whose subscripts do not begin at 1 is preceded by its bounds: `[0:1]={a,b}`.
    if scalars.first == "[", let equals = scalars.firstIndex(of: "=") { scalars = scalars[(equals + 1)...] }
    guard scalars.popFirst() == "{", scalars.popLast() == "}" else { return nil }
    if scalars.isEmpty { return [] }
    var elements: [String?] = []
    while true {
      guard let element = readElement(&scalars) else { return nil }
      elements.append(element.value)
      guard let separator = scalars.popFirst() else { return elements }
      guard separator == "," else { return nil }
    }
  }

  private struct Element { var value: String? }

  private static func readElement(_ scalars: inout ArraySlice<Unicode.Scalar>) -> Element? {
    var value = String.UnicodeScalarView()
    if scalars.first == "\"" {
      scalars.removeFirst()
      while let scalar = scalars.popFirst() {
        if scalar == "\"" { return Element(value: String(value)) }
        if scalar == "\\" {
          guard let escaped = scalars.popFirst() else { return nil }
          value.append(escaped)
        } else {
          value.append(scalar)
        }
      }
      return nil
    }
    while let scalar = scalars.first, scalar != "," {
      if scalar == "{" || scalar == "}" || scalar == "\"" { return nil }
      scalars.removeFirst()
      if scalar == "\\", let escaped = scalars.popFirst() {
        value.append(escaped)
      } else {
        value.append(scalar)
      }
    }
    if value.isEmpty { return nil }
    let text = String(value)
    return Element(value: text.uppercased() == "NULL" ? nil : text)
  }
}
