import Schema

/// A function with its owner's rights that looks names up where its caller says.
struct DefinerFunctionWithoutSearchPath: SchemaLint {
  let code: LintCode = "lint.definer-function-without-search-path"

  func candidates(in schema: LintSchema, _ facts: LintFacts) -> [LintCandidate] {
    schema.certain(.function, .procedure).compactMap { function, entry in
      guard case .function(let detail) = entry.detail, detail.isSecurityDefiner,
        !detail.settings.contains(where: { $0.hasPrefix("search_path=") })
      else { return nil }
      let word = function.kind == .procedure ? "PROCEDURE" : "FUNCTION"
      return LintCandidate(
        code: code, severity: .failure, place: entry.changedAt, object: function,
        message:
          "\(function) runs with its owner's rights and has no search_path of its own: whoever calls it "
          + "can put tables and functions of theirs in the place of those that it names",
        advice:
          "ALTER \(word) \(function.qualifiedName) SET search_path = ''; with schema-qualified names in "
          + "the body")
    }
  }
}
