import Schema

/// `GRANT … ON ALL TABLES IN SCHEMA … TO …` and its like: which objects it reaches is known only where it runs.
struct GrantOnAll: Sendable, Hashable {
  /// Whether it gives or takes.
  var isGrant: Bool
  /// The privileges in upper case, or nil for all.
  var privileges: [String]?
  /// The kinds of object that it reaches.
  var kinds: Set<ObjectKind>
  /// The schemas that it reaches them in.
  var schemas: Set<String>
  /// Who gets or loses them; `public` stands for everyone.
  var roles: [String]

  /// Reads a statement; nil if it is none of that form, or concerns only the option to pass privileges on.
  init?(_ text: String) {
    let items = ExpressionItem.items(of: text)
    let words = items.map { item in
      if case .name(let parts) = item { parts.joined(separator: ".") } else { "," }
    }
    guard let verb = words.first, verb == "grant" || verb == "revoke",
      let start = words.indices.first(where: { words[$0...].prefix(2).elementsEqual(["on", "all"]) }),
      words.count > start + 5, words[start + 3] == "in", words[start + 4] == "schema",
      let end = words[(start + 5)...].firstIndex(of: verb == "grant" ? "to" : "from"),
      let kinds = Self.kinds(words[start + 2])
    else { return nil }
    guard !words[1..<start].contains("option") else { return nil }
    isGrant = verb == "grant"
    self.kinds = kinds
    let named = words[1..<start].filter { $0 != "," && $0 != "privileges" }
    privileges = named.first == "all" ? nil : named.map { $0.uppercased() }
    schemas = Set(words[(start + 5)..<end].filter { $0 != "," })
    roles = words[(end + 1)...].prefix { !["with", "granted", "cascade", "restrict"].contains($0) }
      .filter { $0 != "," && $0 != "group" && $0 != ";" }
      .map { ["current_user", "current_role", "session_user"].contains($0) ? $0.uppercased() : $0 }
  }

  private static func kinds(_ word: String) -> Set<ObjectKind>? {
    switch word {
    case "tables": [.table, .view, .materializedView, .foreignTable]
    case "sequences": [.sequence]
    case "functions": [.function, .aggregate]
    case "procedures": [.procedure]
    case "routines": [.function, .procedure, .aggregate]
    default: nil
    }
  }
}
