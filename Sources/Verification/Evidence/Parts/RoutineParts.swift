import Script

/// The parts of functions and procedures that are no facets of their own: what their arguments are called and default to,
/// what they answer, and what the planner is told of them.
enum RoutineParts {
  /// Whether statements that make the same function may say something different before its body.
  static func mayDiffer(_ makers: [Effect]) -> Bool {
    let heads = Set(
      makers.map { effect -> Substring in
        guard let text = effect.definition else { return "" }
        return text.range(ofMark: " LANGUAGE ").map { text[..<$0] } ?? text[...]
      })
    return heads.count > 1
  }

  /// The names of the parts of its arguments and its result that are not the same in all that make it.
  static func differing(_ makers: [[DefinitionPart]]) -> Set<String> {
    let told = makers.map { parts in Set(parts.filter { isOfSignature($0.name) }) }
    guard let first = told.first else { return [] }
    let common = told.dropFirst().reduce(first) { $0.intersection($1) }
    return Set(told.flatMap { $0.subtracting(common) }.map(\.name))
  }

  private static func isOfSignature(_ name: String) -> Bool {
    name.hasPrefix("name of argument ") || name.hasPrefix("mode of argument ")
      || name.hasPrefix("type of argument ") || name.hasPrefix("default of argument ") || name == "result"
      || name == "rows of the result"
  }

  /// What `ALTER FUNCTION` makes of them; nil where it is about something else, or cannot be read.
  static func changes(_ clause: String) -> [DefinitionChange]? {
    guard let parts = DefinitionReader.functionChange(clause), !parts.isEmpty,
      parts.allSatisfy({ names.contains($0.name) })
    else { return nil }
    return parts.map { part in
      DefinitionChange(part.name, defaults.contains(part.value.text) ? nil : part.value)
    }
  }

  private static let names: Set<String> = ["on NULL", "leakproof", "parallel", "cost", "rows", "support"]
  private static let defaults: Set<String> = ["CALLED", "no", "UNSAFE"]
}
