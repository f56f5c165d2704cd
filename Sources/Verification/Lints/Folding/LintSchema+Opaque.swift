import Schema
import Script

extension LintSchema {
  /// Takes from a statement that cannot be followed whole what its words tell.
  mutating func followOpaque(_ statement: Statement) {
    let text = statement.text.lowercased()
    let possible = statement.possibleEffects.map(\.effect.object.kind)
    switch statement.tag {
    case "GRANT", "REVOKE":
      let words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" || $0 == "," }
      followGrantOnAll(words, isGrant: statement.tag == "GRANT")
    case _ where possible.contains(.rowSecurity) || possible.contains(.policy):
      doubtTables(of: statement)
    default:
      let words = text.split { !$0.isLetter }
      if Self.contains(words, ["revoke"]), Self.contains(words, ["public"]) { doubtEverybody() }
      if Self.contains(words, ["row", "level", "security"]) || Self.contains(words, ["create", "policy"]) {
        for object in objects.keys where object.kind == .table { uncertainTables.insert(object) }
      }
    }
  }

  /// Puts in doubt the tables whose row security or policies a text may be about that is made when it runs, be it in a
  /// function that the statement calls.
  private mutating func doubtTables(of statement: Statement) {
    for table in objects.keys where table.kind == .table {
      let isConcerned = statement.possibleEffects.contains { possible in
        let object = possible.effect.object
        guard object.kind == .rowSecurity || object.kind == .policy, let schema = table.schema else {
          return false
        }
        let name = object.kind == .policy ? object.name : table.name
        return possible.mayConcern(
          ObjectIdentity(object.kind, schema: schema, parent: table.name, name: name))
      }
      if isConcerned { uncertainTables.insert(table) }
    }
  }

  /// `GRANT|REVOKE … ON ALL TABLES IN SCHEMA … TO|FROM …`: the effects name only the tables of the same file.
  private mutating func followGrantOnAll(_ words: [Substring], isGrant: Bool) {
    guard let start = Self.place(of: ["on", "all", "tables", "in", "schema"], in: words),
      let end = words[start...].firstIndex(where: { $0 == (isGrant ? "to" : "from") })
    else { return }
    let schemas = Set(words[(start + 5)..<end].map(Self.unquoted))
    let roles = words[(end + 1)...].prefix { $0 != "with" && $0 != "granted" && $0 != "cascade" }
      .map(Self.unquoted)
    let named = words[1..<start].map { $0.uppercased() }
    let isAll = named.first == "ALL"
    let privileges = isAll ? ["SELECT", "INSERT", "UPDATE", "DELETE"] : Set(named)
    let tables = objects.keys.filter {
      $0.isRelation && $0.schema.map(schemas.contains) ?? false
    }
    for table in tables {
      for role in roles {
        for privilege in privileges {
          objects[.grant(privilege, to: role, on: table)] = isGrant ? Entry() : nil
        }
      }
    }
  }

  private static func unquoted(_ word: Substring) -> String { word.filter { $0 != "\"" && $0 != ";" } }

  private static func contains(_ words: [Substring], _ part: [Substring]) -> Bool {
    place(of: part, in: words) != nil
  }

  private static func place(of part: [Substring], in words: [Substring]) -> Int? {
    guard words.count >= part.count else { return nil }
    return (0...(words.count - part.count)).first { words[$0..<($0 + part.count)].elementsEqual(part) }
  }
}

/// The signature of a grant or default privilege taken apart: `SELECT to anon`.
struct GrantWords {
  /// The privilege, in upper case.
  var privilege: String
  /// The role; `public` stands for everyone.
  var role: String

  /// Reads a signature; nil if the object has none of that form.
  init?(_ grant: ObjectIdentity) {
    let words = (grant.signature ?? "").split(separator: " ", maxSplits: 2)
    guard words.count == 3, words[1] == "to" else { return nil }
    privilege = String(words[0])
    role = String(words[2])
  }
}
