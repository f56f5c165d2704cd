import Migrations
import Schema

/// A schema as lints see it: what the files have made up to some statement, or what a catalog holds.
struct LintSchema: Sendable {
  /// One object of it.
  struct Entry: Sendable {
    /// What is special about its kind.
    var detail: ObjectDetail = .none
    /// Its definition, as far as it is known.
    var definition = ""
    /// The statement that made it; nil if no file did.
    var madeAt: StatementPlace?
    /// The statement that had the last word about it.
    var changedAt: StatementPlace?
    /// What it refers to, by loose names.
    var needs: Set<ObjectIdentity> = []
    /// Whether it is there for sure.
    var isCertain = true
  }

  /// The objects by identity.
  var objects: [ObjectIdentity: Entry] = [:]
  /// The default privileges that are or were among them: each new relation asks for them, and there are few.
  var defaultPrivileges: Set<ObjectIdentity> = []
  /// The kinds of objects, in the words of default privileges, of which everybody gets nothing any more when they are made.
  var withheldFromEverybody: Set<String> = []
  /// Where a table's row security was switched off.
  var switchedOff: [ObjectIdentity: StatementPlace] = [:]
  /// Tables whose row security or policies a statement may have changed that cannot be followed.
  var uncertainTables: Set<ObjectIdentity> = []

  /// The schema before the first migration.
  init(platform: Platform) {
    switch platform {
    case .none: grantUsage(to: ["public"])
    case .supabase:
      grantUsage(to: ["public", "anon", "authenticated", "service_role"])
      for role in ["anon", "authenticated", "service_role"] {
        for privilege in ObjectKind.table.privileges {
          let given = ObjectIdentity(
            .defaultPrivilege, schema: "public", parent: "postgres", name: "tables",
            signature: "\(privilege) to \(role)")
          objects[given] = Entry()
          defaultPrivileges.insert(given)
        }
      }
    }
  }

  private mutating func grantUsage(to roles: [String]) {
    for role in roles {
      objects[.grant("USAGE", to: role, on: ObjectIdentity(.schema, name: "public"))] = Entry()
    }
  }

  /// What a catalog holds.
  init(_ snapshot: Snapshot) {
    objects = snapshot.objects.mapValues { Entry(detail: $0.detail, definition: $0.definition) }
    defaultPrivileges = Set(objects.keys.filter { $0.kind == .defaultPrivilege })
  }

  /// The object's entry; relations and routines are found whatever their exact kind.
  func entry(of object: ObjectIdentity) -> Entry? { key(of: object).flatMap { objects[$0] } }

  /// The identity under which an object stands here.
  func key(of object: ObjectIdentity) -> ObjectIdentity? {
    if objects[object] != nil { return object }
    guard object.isRelation else { return nil }
    return ObjectKind.relations.lazy.map { object.with(kind: $0) }.first { objects[$0] != nil }
  }

  /// The objects of some kinds that are there for sure, in order.
  func certain(_ kinds: ObjectKind...) -> [(identity: ObjectIdentity, entry: Entry)] {
    objects.filter { kinds.contains($0.key.kind) && $0.value.isCertain }
      .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

extension ObjectIdentity {
  /// The same name for every kind of relation, and for every routine of one name: as uses and makers have it in common.
  var loose: ObjectIdentity {
    switch kind {
    case .view, .materializedView, .foreignTable: return with(kind: .table)
    case .function, .procedure, .aggregate:
      var copy = with(kind: .function)
      copy.signature = nil
      return copy
    default: return self
    }
  }
}
