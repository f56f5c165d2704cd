import Schema
import TOML

/// Counts and privileges that an expectation claims.
extension ExpectationReader {
  mutating func readCounts(_ problems: inout ProjectFileProblems) {
    guard let value = table["count"] else { return }
    let counts: [TOMLTable]
    if case .table(let single) = value.kind {
      counts = [single]
    } else {
      counts = problems.reading { () throws(TOMLError) in try table.tables("count") } ?? []
    }
    for count in counts {
      problems.refuseUnknownKeys(
        in: count, of: "a count", known: ["kind", "schema", "table", "implicit", "expected"])
      let word = problems.required("kind", in: count, of: "the count")
      let schema = problems.reading { () throws(TOMLError) in try count.string("schema") }
      let owner = problems.reading { () throws(TOMLError) in try count.string("table") }
        .flatMap(ObjectName.qualified)
      let implicit = problems.reading { () throws(TOMLError) in try count.boolean("implicit") }
      let expected = problems.reading { () throws(TOMLError) in try count.integer("expected") }
      if count["expected"] == nil {
        problems.add("missing-key", "the count has no `expected`", at: count.position)
      }
      if let expected, expected < 0 {
        problems.add(
          "invalid-count", "there cannot be \(expected) of anything",
          at: count["expected"]?.position ?? count.position)
      }
      guard let word, let expected else { continue }
      guard let kind = ObjectName.kind(word) else {
        let nearest = NearestName.nearest(to: word, among: ObjectName.kinds.map(\.key))
        problems.add(
          "unknown-kind", "there is no kind of object `\(word)`",
          at: count["kind"]?.position ?? count.position,
          advice: nearest.map { "did you mean `\($0)`?" })
        continue
      }
      let claim = ObjectCount(
        kind: kind, schema: schema ?? owner?.schema ?? "public", table: owner?.name,
        includesImplicit: implicit ?? true, expected: expected)
      claims.append((.count(claim), count.position))
    }
  }

  /// `grants` and `denied`: by role, the privileges that it has or has not.
  mutating func readPrivileges(on object: ObjectIdentity, _ problems: inout ProjectFileProblems) {
    for (key, isHeld) in [("grants", true), ("denied", false)] {
      guard table[key] != nil,
        let roles = problems.reading({ () throws(TOMLError) in try table.table(key) })
      else { continue }
      for role in roles.entries {
        for text in Self.oneOrMore(role.key.name, in: roles, &problems) {
          for word in text.text.split(separator: ",") {
            let privilege = word.split(separator: " ").joined(separator: " ").uppercased()
            guard Self.isPrivilege(privilege, on: object, at: text.position, &problems) else { continue }
            claims.append(
              (.privilege(privilege, role: role.key.name, on: object, isHeld: isHeld), text.position))
          }
        }
      }
    }
  }

  /// Whether a word is a privilege on objects of its kind, alone or with the right to pass it on; a problem is noted if not.
  private static func isPrivilege(
    _ privilege: String, on object: ObjectIdentity, at position: TOMLPosition,
    _ problems: inout ProjectFileProblems
  ) -> Bool {
    // `MAINTAIN` came with PostgreSQL 17.
    let known = object.kind.privileges + (object.isRelation ? ["MAINTAIN"] : [])
    let ending = " WITH GRANT OPTION"
    let word = privilege.hasSuffix(ending) ? String(privilege.dropLast(ending.count)) : privilege
    guard !known.contains(word) else { return true }
    let nearest = NearestName.nearest(to: word, among: known)
    problems.add(
      "unknown-privilege", "there is no privilege `\(word)` on a \(object.kind.rawValue)", at: position,
      advice: nearest.map { "did you mean `\($0)`?" }
        ?? "it may be \(known.map { "`\($0)`" }.joined(separator: ", "))")
    return false
  }

  /// Whether anybody can have privileges on it, as far as its name tells which object it is.
  static func hasPrivileges(_ object: ObjectIdentity) -> Bool {
    switch object.kind {
    case .table, .view, .materializedView, .foreignTable, .column, .sequence, .schema, .type, .domain,
      .language, .foreignDataWrapper, .foreignServer:
      true
    case .function, .procedure, .aggregate: object.signature != nil
    default: false
    }
  }
}
