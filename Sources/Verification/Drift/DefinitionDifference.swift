import Schema
import Script

/// What is not the same in two definitions of one object, or must be asked.
struct DefinitionDifference: Sendable {
  enum Outcome: Sendable {
    /// The two are not the same.
    case differs
    /// Only the server can tell.
    case question
    /// Nobody can tell; the text says why.
    case unknown(String)
  }

  /// The part.
  var name: String
  /// What the files say of it; nil if they say nothing.
  var expected: DefinitionPart.Value?
  /// What the database says of it; nil if it says nothing.
  var actual: DefinitionPart.Value?
  var outcome: Outcome

  /// Compares two definitions part by part.
  static func differences(
    expected: DefinitionReading, actual: [DefinitionPart]
  ) -> [DefinitionDifference] {
    let found = Dictionary(actual.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    var names = expected.parts.map(\.name)
    names += actual.map(\.name).filter { !names.contains($0) }
    names += expected.doubts.keys.sorted().filter { !names.contains($0) }
    return names.compactMap { name in
      let left = expected.part(name)
      let right = found[name]
      guard let outcome = outcome(left, right) else { return nil }
      if let doubt = expected.doubts[name] {
        return DefinitionDifference(name: name, expected: left, actual: right, outcome: .unknown(doubt))
      }
      return DefinitionDifference(name: name, expected: left, actual: right, outcome: outcome)
    }
  }

  private static func outcome(_ left: DefinitionPart.Value?, _ right: DefinitionPart.Value?) -> Outcome? {
    switch (left, right) {
    case (nil, nil): return nil
    case (.word(let left)?, .word(let right)?): return left == right ? nil : .differs
    case (.name(let left)?, .name(let right)?): return namesAgree(left, right) ? nil : .differs
    case (.type(let left)?, .type(let right)?): return TypeSpelling.agree(left, right) ? nil : .differs
    case (.expression?, .expression?), (.query?, .query?): return .question
    default: return .differs
    }
  }

  /// Whether two names, or lists of names, mean the same objects, where only one side may give a schema.
  private static func namesAgree(_ left: String, _ right: String) -> Bool {
    if left == right { return true }
    let lists = (left.split(separator: ","), right.split(separator: ","))
    if lists.0.count > 1 {
      func trimmed(_ name: Substring) -> String { String(name.drop { $0 == " " }) }
      return lists.0.count == lists.1.count
        && zip(lists.0, lists.1).allSatisfy { namesAgree(trimmed($0), trimmed($1)) }
    }
    guard left.contains(".") != right.contains(".") else { return false }
    return left.split(separator: ".").last == right.split(separator: ".").last
  }
}
