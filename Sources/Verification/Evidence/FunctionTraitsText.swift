/// A function's language, volatility and rights as one value (`plpgsql s invoker`), and what `ALTER FUNCTION` makes of it.
enum FunctionTraitsText {
  /// The value after a clause; nil if the clause changes anything else.
  static func apply(_ clause: String, to text: String) -> String? {
    var parts = text.split(separator: " ").map(String.init)
    guard parts.count == 3 else { return nil }
    var rest = clause.split(separator: " ").map(String.init)[...]
    while let word = rest.popFirst() {
      switch word {
      case "IMMUTABLE": parts[1] = "i"
      case "STABLE": parts[1] = "s"
      case "VOLATILE": parts[1] = "v"
      case "SECURITY":
        guard let rights = rest.popFirst()?.lowercased(), ["definer", "invoker"].contains(rights) else {
          return nil
        }
        parts[2] = rights
      default: return nil
      }
    }
    return parts.joined(separator: " ")
  }
}
