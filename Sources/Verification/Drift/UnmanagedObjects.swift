import Migrations
import Schema
import Script

/// The objects that no migration made, in the schemas in which the migrations make something.
struct UnmanagedObjects {
  let expected: ExpectedSchema
  let snapshot: Snapshot
  let platform: Platform
  /// The default privileges that are in force.
  private let defaults: [ObjectIdentity]
  private let otherTools: OtherToolObjects

  init(expected: ExpectedSchema, snapshot: Snapshot, platform: Platform) {
    self.expected = expected
    self.snapshot = snapshot
    self.platform = platform
    otherTools = OtherToolObjects(snapshot)
    defaults = snapshot.objects.keys.filter { $0.kind == .defaultPrivilege }
  }

  /// The objects, without their parts, in order; those of archived migrations by themselves.
  func found(_ archive: ArchivedMakers) -> (unmanaged: [ObjectIdentity], archived: [ObjectIdentity]) {
    var unmanaged: [ObjectIdentity] = []
    var archived: [ObjectIdentity] = []
    for object in snapshot.objects.values where isUnmanaged(object) {
      if archive.maker(of: object.identity) != nil {
        archived.append(object.identity)
      } else {
        unmanaged.append(object.identity)
      }
    }
    return (withoutParts(unmanaged), withoutParts(archived))
  }

  private func withoutParts(_ candidates: [ObjectIdentity]) -> [ObjectIdentity] {
    let all = Set(candidates)
    let owners = candidates.filter(\.canHaveParts)
    return candidates.filter { object in
      if owners.contains(where: { $0 != object && object.isPart(of: $0) }) { return false }
      if object.kind == .grant || object.kind == .comment {
        return !candidates.contains { $0 != object && object.isPart(of: $0) }
      }
      return !belongsToOther(object, all)
    }.sorted()
  }

  private func isUnmanaged(_ object: SchemaObject) -> Bool {
    let identity = object.identity
    guard ObservableKinds.contains(identity), !isKnown(identity), !snapshot.isPlatform(identity) else {
      return false
    }
    if let schema = identity.schema {
      guard expected.schemas.contains(schema) else { return false }
    }
    if otherTools.contains(object) || ProvidedObjects.contains(identity, on: platform) { return false }
    switch identity.kind {
    case .role, .database, .tablespace, .language, .setting, .subscription: return false
    case .schema: return identity.name != "public"
    case .extension: return identity.name != "plpgsql"
    case .grant:
      if identity.schema.map(expected.schemasOfGrantsInDoubt.contains) ?? false { return false }
      return !isGrantedByDefault(object)
    case .comment: return !isOfExtensionOrPublic(identity)
    case .defaultPrivilege:
      var privilege = identity
      privilege.parent = nil
      return platform == .none && !expected.defaultPrivileges.contains(privilege) && !isBuiltIn(identity)
    case .column: return !isInDoubt(identity.table) && !isOfView(identity)
    case .constraint, .trigger, .policy, .rule, .rowSecurity, .forcedRowSecurity:
      return !isInDoubt(identity.table)
    case .index:
      guard case .index(let index) = object.detail else { return true }
      return !isInDoubt(index.table)
    default: return true
    }
  }

  /// Whether some migration that is in names it: it made it, or it found it and goes on with it.
  private func isKnown(_ object: ObjectIdentity) -> Bool {
    object.kin.contains {
      (expected.objects[$0]?.existence ?? .absent) != .absent || expected.objects[$0]?.droppedAt != nil
    }
  }

  private func isInDoubt(_ relation: ObjectIdentity?) -> Bool {
    relation.map { expected.relationsInDoubt.contains($0.with(kind: .table)) } ?? false
  }

  private func isOfView(_ column: ObjectIdentity) -> Bool {
    guard let relation = column.table else { return false }
    return snapshot.contains(relation.with(kind: .view))
      || snapshot.contains(relation.with(kind: .materializedView))
  }

  /// Whether it goes with another one of the list that it does not name: an index with its table or constraint, a
  /// sequence with its column.
  private func belongsToOther(_ object: ObjectIdentity, _ all: Set<ObjectIdentity>) -> Bool {
    switch snapshot[object]?.detail {
    case .index(let index)?:
      if ObjectKind.relations.contains(where: { all.contains(index.table.with(kind: $0)) }) { return true }
      guard let constraint = index.constraint, let schema = index.table.schema else { return false }
      return all.contains(.constraint(schema, index.table.name, constraint))
    case .sequence(let sequence)?:
      guard let column = sequence.ownedBy, let table = column.table else { return false }
      // An identity column of a table that the files know has its sequence by the server's own choice of a name.
      return all.contains(column) || sequence.isIdentity
        || ObjectKind.relations.contains { all.contains(table.with(kind: $0)) }
    default:
      return object.table.map { table in ObjectKind.relations.contains { all.contains(table.with(kind: $0)) }
      }
        ?? false
    }
  }

  // MARK: What comes by itself

  /// Whether a grant follows from what the server, or somebody's default privileges, give to every new object.
  private func isGrantedByDefault(_ grant: SchemaObject) -> Bool {
    let identity = grant.identity
    let words: String
    switch identity.parent {
    case ObjectKind.table.rawValue: words = "tables"
    case ObjectKind.sequence.rawValue: words = "sequences"
    case ObjectKind.function.rawValue: words = "functions"
    case ObjectKind.type.rawValue, ObjectKind.domain.rawValue: words = "types"
    case ObjectKind.schema.rawValue:
      return !expected.schemas.contains(identity.name) || identity.name == "public"
    case ObjectKind.role.rawValue: return true
    default: return false
    }
    if words == "functions", identity.signature == "EXECUTE to public" { return true }
    if words == "types", identity.signature == "USAGE to public" { return true }
    return defaults.contains {
      $0.name == words && $0.signature == identity.signature
        && ($0.schema == nil || $0.schema == identity.schema)
    }
  }

  private func isOfExtensionOrPublic(_ comment: ObjectIdentity) -> Bool {
    comment.signature == ObjectKind.extension.rawValue || comment.signature == ObjectKind.role.rawValue
      || (comment.signature == ObjectKind.schema.rawValue && comment.name == "public")
  }

  /// Whether a default privilege is one that the server gives without being told.
  ///
  /// These are the owner's own, and what everybody may do with functions and types. It writes them down with the first that is
  /// granted (PostgreSQL documentation, 5.7).
  private func isBuiltIn(_ privilege: ObjectIdentity) -> Bool {
    guard privilege.schema == nil, let grantee = GrantSignature(privilege)?.role else { return false }
    return grantee == privilege.parent
      || grantee == "public" && ["functions", "types"].contains(privilege.name)
  }
}
