import Schema

/// The functions that say who asks: the platform's, and those of the project that go back to them.
struct IdentityFunctions: Sendable, Hashable {
  /// The platform's.
  static let platform: Set<[String]> = [["auth", "uid"], ["auth", "jwt"], ["auth", "email"]]

  /// The project's, by schema and name.
  private(set) var ofProject: Set<[String]> = []
  /// Those of the project's that may admit somebody who is not signed in.
  private(set) var answerAnybody: Set<[String]> = []

  /// Whether a condition calls one of them, or asks a setting or a key word for the same.
  func areCalled(in condition: PolicyCondition) -> Bool {
    condition.calls.contains { Self.platform.contains($0) || ofProject.contains($0) }
      || condition.names.contains { $0 == ["current_user"] || $0 == ["session_user"] }
      || (condition.calls.contains(["current_setting"])
        && condition.strings.contains { $0.hasPrefix("request.jwt") })
  }

  /// Forgets what was read of the functions of a name.
  mutating func forget(_ name: [String]) {
    ofProject.remove(name)
    answerAnybody.remove(name)
  }

  /// Reads a function of the project.
  mutating func read(_ function: SchemaObject) {
    guard let schema = function.identity.schema, function.identity.kind == .function else { return }
    let text = function.definition.lowercased()
    let asks = ["auth.uid(", "auth.jwt(", "auth.email(", "request.jwt"].contains { text.contains($0) }
    guard asks else { return }
    let name = [schema, function.identity.name]
    ofProject.insert(name)
    guard case .function(let detail) = function.detail, detail.result == "boolean" else { return }
    // A body that only joins conditions with AND answers no where one of them is NULL.
    let words = Set(
      text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init).drop { $0 != "as" })
    let ways: Set<String> = ["or", "coalesce", "if", "case", "null", "not", "distinct", "exception"]
    if !words.isDisjoint(with: ways) { answerAnybody.insert(name) }
  }
}
