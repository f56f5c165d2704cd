import Schema

/// The roles that were given something in the project's schemas, and own nothing there.
struct RolesOfInterest {
  private var owned: [String: Int] = [:]
  private var given: [String: Int] = [:]

  /// The roles of Supabase's API, if a server has them all: no others matter then.
  static func platform(_ access: AccessFacts) -> [String]? {
    let api = ["anon", "authenticated", "service_role"]
    return api.allSatisfy { access.roles[$0] != nil } ? api : nil
  }

  init(_ snapshot: Snapshot) {
    for (object, privileges) in snapshot.access.privileges where !snapshot.isPlatform(object) {
      count(privileges, owner: snapshot[object]?.owner, by: 1)
    }
  }

  /// The roles, in order.
  func roles(among access: AccessFacts) -> [String] {
    given.keys.filter { owned[$0] == nil && access.roles[$0] != nil && !$0.hasPrefix("pg_") }.sorted()
  }

  /// Counts what is given on an object and who owns it, or takes the count back (`by: -1`).
  mutating func count(_ privileges: [AccessFacts.Privilege], owner: String?, by number: Int) {
    if let owner { Self.add(number, to: owner, in: &owned) }
    for grantee in Set(privileges.map(\.grantee)) { Self.add(number, to: grantee, in: &given) }
  }

  private static func add(_ number: Int, to role: String, in counts: inout [String: Int]) {
    let count = (counts[role] ?? 0) + number
    counts[role] = count == 0 ? nil : count
  }
}
