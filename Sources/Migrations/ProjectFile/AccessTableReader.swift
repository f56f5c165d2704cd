import Schema
import TOML

/// Reads `access`: by object and role, what should be reached.
enum AccessTableReader {
  /// A claim with its place in the file.
  typealias PlacedClaim = (claim: Expectation.Claim, position: TOMLPosition)

  /// The claims under the key `access`; what is wrong with them is added to the problems.
  static func read(in table: TOMLTable, problems: inout ProjectFileProblems) -> [PlacedClaim] {
    guard let access = problems.reading({ () throws(TOMLError) in try table.table("access") }) else {
      return []
    }
    if access.entries.isEmpty {
      problems.add(
        "empty-expectation", "`access` claims nothing", at: access.position,
        advice: "write access.\"public.telemetry\" = { authenticated = \"own\" }")
    }
    return access.entries.flatMap { entry -> [PlacedClaim] in
      guard case .table(let roles) = entry.value.kind else {
        problems.add(
          "wrong-type",
          "the access to `\(entry.key.name)` must be a table of roles, but is \(entry.value.kindDescription)",
          at: entry.value.position, advice: "write { authenticated = \"own\", anon = \"none\" }")
        return []
      }
      guard let object = object(entry.key, &problems) else { return [] }
      return roles.entries.flatMap { claims(of: object, role: $0.key, $0.value, &problems) }
    }
  }

  private static func object(_ key: TOMLKey, _ problems: inout ProjectFileProblems) -> ObjectIdentity? {
    let kind = key.name.hasSuffix(")") ? ObjectKind.function : .table
    if let object = ObjectName.identity(kind, key.name) { return object }
    problems.add(
      "invalid-object", "`\(key.name)` is no name of a table, view or function", at: key.position,
      advice: "write \"schema.name\", for a function \"schema.name(argument types)\"")
    return nil
  }

  private static func claims(
    of object: ObjectIdentity, role: TOMLKey, _ value: TOMLValue, _ problems: inout ProjectFileProblems
  ) -> [PlacedClaim] {
    switch value.kind {
    case .string(let word):
      guard let reach = reach(word, at: value.position, &problems) else { return [] }
      let expectation = AccessExpectation(named(object, reach, nil), role: role.name, reach: reach)
      return [(.access(expectation), value.position)]
    case .table(let commands):
      return commands.entries.compactMap { entry in
        claim(of: object, role: role.name, command: entry.key, entry.value, &problems)
      }
    default:
      problems.add(
        "wrong-type",
        "what `\(role.name)` reaches must be a word, or a word for each command, but is \(value.kindDescription)",
        at: value.position,
        advice: "write \(role.name) = \"own\", or \(role.name) = { select = \"own\", insert = \"none\" }")
      return []
    }
  }

  private static func claim(
    of object: ObjectIdentity, role: String, command: TOMLKey, _ value: TOMLValue,
    _ problems: inout ProjectFileProblems
  ) -> PlacedClaim? {
    let name = command.name.uppercased()
    guard AccessExpectation.commands.contains(name) else {
      let known = AccessExpectation.commands.map { $0.lowercased() }
      let nearest = NearestName.nearest(to: command.name, among: known)
      problems.add(
        "invalid-command", "there is no command `\(command.name)`", at: command.position,
        advice: nearest.map { "did you mean `\($0)`?" }
          ?? "write select, insert, update, delete or execute; a name with dots is one key in quotes: access.\"public.telemetry\""
      )
      return nil
    }
    guard case .string(let word) = value.kind else {
      problems.add(
        "wrong-type", "what `\(command.name)` reaches must be a word, but is \(value.kindDescription)",
        at: value.position, advice: words())
      return nil
    }
    guard let reach = reach(word, at: value.position, &problems) else { return nil }
    let isCall = name == "EXECUTE"
    if isCall != (reach == .execute), reach != .none {
      problems.add(
        "contradiction", "`\(command.name)` cannot reach `\(word)`", at: value.position,
        advice: isCall ? "write execute = \"execute\" or execute = \"none\"" : words())
      return nil
    }
    let expectation = AccessExpectation(
      named(object, reach, name), role: role, command: name, reach: reach)
    return (.access(expectation), value.position)
  }

  /// What can only be called is a function, with or without its argument types.
  private static func named(
    _ object: ObjectIdentity, _ reach: AccessExpectation.Reach, _ command: String?
  ) -> ObjectIdentity {
    reach == .execute || command == "EXECUTE" ? object.with(kind: .function) : object
  }

  private static func reach(
    _ word: String, at position: TOMLPosition, _ problems: inout ProjectFileProblems
  ) -> AccessExpectation.Reach? {
    if let reach = AccessExpectation.Reach(rawValue: word) { return reach }
    let nearest = NearestName.nearest(to: word, among: AccessExpectation.Reach.allCases.map(\.rawValue))
    problems.add(
      "invalid-reach", "nobody reaches `\(word)`", at: position,
      advice: nearest.map { "did you mean `\($0)`?" } ?? words())
    return nil
  }

  private static func words() -> String {
    let words = AccessExpectation.Reach.allCases.filter { $0 != .execute }.map(\.rawValue)
    return "write \(words.dropLast().joined(separator: ", ")) or \(words.last ?? ""); execute for functions"
  }
}
