import Schema

/// Privileges in sentences, those that a role has on several objects together: `Grants SELECT to anon on a, b`.
enum PrivilegeWording {
  /// One sentence for each role and set of privileges.
  ///
  /// - Parameters:
  ///   - verb: what happens (`Grants`).
  ///   - preposition: the word before the role (`to`).
  static func sentences(_ grants: [ObjectIdentity], verb: String, preposition: String) -> [ReportText] {
    var privileges: [[String]: [String]] = [:]
    for grant in grants {
      let words = (grant.signature ?? "").split(separator: " ").map(String.init)
      guard let mark = words.firstIndex(of: "to") else { continue }
      let privilege = words[..<mark].joined(separator: " ")
      let role = words[(mark + 1)...].joined(separator: " ")
      let object = [grant.schema, grant.name].compactMap { $0 }.joined(separator: ".")
      privileges[[role, object], default: []].append(privilege)
    }
    var objects: [[String]: [String]] = [:]
    for (key, words) in privileges { objects[[key[0]] + words.sorted(), default: []].append(key[1]) }
    return objects.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, names in
      let words = key.dropFirst().joined(separator: ", ")
      return "\(verb) \(words) \(preposition) \(code: key[0]) on \(ReportText.names(names.sorted()))"
    }
  }
}
