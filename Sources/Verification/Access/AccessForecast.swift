import Schema

/// What a table, sequence or function that a role makes in a schema will be granted without being asked
/// (PostgreSQL documentation, ALTER DEFAULT PRIVILEGES).
public struct AccessForecast: Sendable, Hashable {
  /// What is made: `tables`, `sequences` or `functions`.
  public var kind: String
  /// Where.
  public var schema: String
  /// By whom.
  public var maker: String
  /// Who is given which privileges, by role; ``AccessFacts/everyone`` stands for PUBLIC.
  public var grants: [Grant]

  /// The privileges of one role.
  public struct Grant: Sendable, Hashable {
    /// The role.
    public var role: String
    /// The privileges, in order.
    public var privileges: [String]
  }
}

extension AccessMatrix {
  /// What new objects in the project's schemas will be granted, for each role that has default privileges.
  ///
  /// Functions that nothing else is said of may be executed by everybody.
  public var forecasts: [AccessForecast] {
    let defaults = snapshot.objects.keys.filter { $0.kind == .defaultPrivilege }
    let schemas = snapshot.objects(of: .schema).map(\.identity).filter { !snapshot.isPlatform($0) }
    let makers = Set(defaults.compactMap(\.parent)).union([snapshot.access.databaseOwner].compactMap { $0 })
    var found: [AccessForecast] = []
    for schema in schemas {
      for maker in makers.sorted() {
        for kind in ["tables", "sequences", "functions"] {
          let applying = defaults.filter { privilege in
            privilege.parent == maker && privilege.name == kind
              && (privilege.schema == nil || privilege.schema == schema.name)
          }
          var byRole: [String: Set<String>] = [:]
          // A role's own entry for all schemas takes the place of what holds otherwise.
          if kind == "functions", !applying.contains(where: { $0.schema == nil }) {
            byRole[AccessFacts.everyone] = ["EXECUTE"]
          }
          for privilege in applying {
            guard let words = privilege.signature?.split(separator: " ", maxSplits: 2), words.count == 3
            else {
              continue
            }
            byRole[String(words[2]), default: []].insert(String(words[0]))
          }
          byRole[maker] = nil
          guard !applying.isEmpty || (kind == "functions" && maker == snapshot.access.databaseOwner) else {
            continue
          }
          guard !byRole.isEmpty else { continue }
          let grants = byRole.keys.sorted().map { role in
            AccessForecast.Grant(role: role, privileges: Self.inOrder(byRole[role] ?? []))
          }
          found.append(AccessForecast(kind: kind, schema: schema.name, maker: maker, grants: grants))
        }
      }
    }
    return found
  }

  private static func inOrder(_ privileges: Set<String>) -> [String] {
    let known = AccessCommand.allCases.map(\.rawValue)
    return known.filter(privileges.contains) + privileges.subtracting(known).sorted()
  }
}
