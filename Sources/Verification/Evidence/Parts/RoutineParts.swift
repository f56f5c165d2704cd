import Script

/// The parts of functions and procedures that are no facets of their own: what the planner is told of them.
enum RoutineParts {
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
