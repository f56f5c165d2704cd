import Schema
import Synchronization

/// The facets of objects as a snapshot shows them.
struct Observation: Sendable {
  private let snapshot: Snapshot
  private let owners: Owners
  /// The role that has run the migrations; unknown where the objects that they made do not agree.
  let creator: FacetValue
  /// Whether default privileges decide who may execute new functions.
  private let hasFunctionDefaults: Bool

  /// - Parameter created: what the files have made, each with the roles that they have given it to.
  init(_ snapshot: Snapshot, created: [ObjectIdentity: Set<String>] = [:]) {
    self.snapshot = snapshot
    owners = Owners(snapshot)
    let creators = Set(
      created.compactMap { object, named in
        snapshot[object]?.owner.flatMap { named.contains($0) ? nil : $0 }
      })
    creator = creators.count == 1 ? creators.first.map { .value($0) } ?? .unknown : .unknown
    hasFunctionDefaults = snapshot.objects.keys.contains {
      $0.kind == .defaultPrivilege && $0.schema == nil && $0.name == "functions"
    }
  }

  /// What a facet of an object is.
  func value(of facet: Facet, object: ObjectIdentity) -> FacetValue {
    if isHidden(object) { return .unknown }
    if let found = snapshot[object] {
      if case .part(let name) = facet {
        let value = PartReading.value(of: name, in: found)
        let mayBeLost = value == .value("") && !snapshot.keepsTOASTParameter(name, of: object)
        return mayBeLost ? .unknown : value
      }
      return FacetReading.value(of: facet, object: object, definition: found.definition, detail: found.detail)
        ?? .unknown
    }
    // An owner has every privilege, whether somebody granted it or not.
    if object.kind == .grant, let role = GrantSignature(object)?.role,
      owners.owner(of: Self.key(object)) == role
    {
      return .unknown
    }
    return .absent
  }

  /// Whether something is there that other things are on; a relation under whichever kind it was made.
  func isThere(_ host: ObjectIdentity) -> Bool {
    let kinds = host.isRelation ? ObjectKind.relations : [host.kind]
    return kinds.contains { snapshot.contains(host.with(kind: $0)) }
  }

  /// Whether the snapshot does not look: it reads neither grants nor comments in the host's schemas.
  private func isHidden(_ object: ObjectIdentity) -> Bool {
    switch object.kind {
    case .setting:
      return object.databaseOfSetting.map { $0 != snapshot.database } ?? false
    case .grant where hasFunctionDefaults && object.signature == "EXECUTE to public":
      // It may have been taken away before the function was made.
      return true
    case .grant, .comment, .defaultPrivilege:
      return snapshot.isPlatform(object)
        || (object.parent == ObjectKind.schema.rawValue && snapshot.platformSchemas.contains(object.name))
    default:
      return false
    }
  }

  /// A grant's identity without privilege and role.
  private static func key(_ grant: ObjectIdentity) -> ObjectIdentity {
    var key = grant
    key.signature = nil
    return key
  }

  /// Who owns what grants can be on, gathered once somebody asks: mostly nobody does.
  private final class Owners: Sendable {
    private let snapshot: Snapshot
    private let known = Mutex<[ObjectIdentity: String]?>(nil)

    init(_ snapshot: Snapshot) { self.snapshot = snapshot }

    func owner(of key: ObjectIdentity) -> String? {
      known.withLock { known in
        if let known { return known[key] }
        var owners: [ObjectIdentity: String] = [:]
        for object in snapshot.objects.values {
          guard let owner = object.owner else { continue }
          owners[Observation.key(.grant("", to: "", on: object.identity))] = owner
        }
        known = owners
        return owners[key]
      }
    }
  }
}
