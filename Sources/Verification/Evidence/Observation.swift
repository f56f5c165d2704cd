import Schema

/// The facets of objects as a snapshot shows them.
struct Observation: Sendable {
  private let snapshot: Snapshot
  /// Who owns what grants can be on, by a grant's identity without privilege and role.
  private let owners: [ObjectIdentity: String]
  /// Whether default privileges decide who may execute new functions.
  private let hasFunctionDefaults: Bool

  init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    var owners: [ObjectIdentity: String] = [:]
    for object in snapshot.objects.values {
      guard let owner = object.owner else { continue }
      owners[Self.key(.grant("", to: "", on: object.identity))] = owner
    }
    self.owners = owners
    hasFunctionDefaults = snapshot.objects.keys.contains {
      $0.kind == .defaultPrivilege && $0.schema == nil && $0.name == "functions"
    }
  }

  /// The values of all facets of an object.
  func facets(of object: ObjectIdentity) -> [Facet: FacetValue] {
    if isHidden(object) { return Dictionary(uniqueKeysWithValues: Facet.allCases.map { ($0, .unknown) }) }
    if let found = snapshot[object] {
      var facets = FacetReading.facets(
        of: object, definition: found.definition, detail: found.detail)
      for facet in Facet.allCases where facets[facet] == nil { facets[facet] = .unknown }
      return facets
    }
    // An owner has every privilege without a grant.
    if object.kind == .grant, let role = GrantSignature(object)?.role, owners[Self.key(object)] == role {
      return [.existence: .present]
    }
    return Dictionary(uniqueKeysWithValues: Facet.allCases.map { ($0, .absent) })
  }

  /// Whether the snapshot does not look: it reads neither grants nor comments in the host's schemas.
  private func isHidden(_ object: ObjectIdentity) -> Bool {
    switch object.kind {
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

  private static func key(_ grant: ObjectIdentity) -> ObjectIdentity {
    var key = grant
    key.signature = nil
    return key
  }
}
