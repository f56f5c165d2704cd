import Migrations
import Schema

/// Which of the roles that come in over the web (`anon`, `authenticated`) can read or write a relation.
struct Reachability {
  /// A relation within its schema.
  private struct Name: Hashable {
    var schema: String
    var relation: String
  }

  private static let webRoles = ["anon", "authenticated"]
  private var granted: [Name: Set<String>] = [:]
  private var schemas: [String: Set<String>] = [:]

  /// Reads all grants of a schema.
  init(_ schema: LintSchema) {
    for object in schema.objects.keys where object.kind == .grant {
      guard let words = GrantWords(object) else { continue }
      switch object.parent {
      case ObjectKind.schema.rawValue:
        if words.privilege == "USAGE" { schemas[object.name, default: []].insert(words.role) }
      case ObjectKind.table.rawValue, ObjectKind.column.rawValue:
        guard ["SELECT", "INSERT", "UPDATE", "DELETE"].contains(words.privilege) else { continue }
        let isColumn = object.parent == ObjectKind.column.rawValue
        let relation = isColumn ? String(object.name.prefix { $0 != "." }) : object.name
        granted[Name(schema: object.schema ?? "", relation: relation), default: []].insert(words.role)
      default: continue
      }
    }
  }

  /// The web roles that have a privilege on the relation and may look into its schema.
  func webRoles(of relation: ObjectIdentity) -> [String] {
    guard let schema = relation.schema,
      let holders = granted[Name(schema: schema, relation: relation.name)], let visitors = schemas[schema]
    else { return [] }
    return Self.webRoles.filter { role in
      (holders.contains(role) || holders.contains("public") && isKnown(role))
        && (visitors.contains(role) || visitors.contains("public"))
    }
  }

  /// A role that no grant names may not exist at all.
  private func isKnown(_ role: String) -> Bool {
    schemas.values.contains { $0.contains(role) } || granted.values.contains { $0.contains(role) }
  }
}
