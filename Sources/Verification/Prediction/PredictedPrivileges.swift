import Schema
import Script

/// Owners, and the grants that come by default.
extension CatalogPrediction {
  /// Gives a new object what the default privileges of its maker say.
  mutating func grantDefaults(on object: ObjectIdentity, isUncertain: Bool) {
    guard let words = DefaultPrivileges.words(for: object.kind) else { return }
    let schema = object.schema ?? (object.kind == .schema ? object.name : nil)
    if let schema, platformSchemas.contains(schema) { return }
    var grants = defaults(words, in: nil) ?? DefaultPrivileges.builtIn(words)
    if let schema = object.schema { grants.formUnion(defaults(words, in: schema) ?? []) }
    for one in grants where one.grantee != role {
      let grant = ObjectIdentity.grant(one.privilege, to: one.grantee, on: object)
      guard held[grant] == nil else { continue }
      insert(grant, owner: nil)
      changed.insert(grant)
      if isUncertain || one.isUncertain { doubt(grant) }
    }
  }

  /// The default privileges that this role has set for a kind of object, or nil if it has set none.
  private func defaults(_ words: String, in schema: String?) -> Set<DefaultPrivileges.Item>? {
    let found = held.attached.members(of: .defaultPrivilege).filter {
      $0.parent == role && $0.name == words && $0.schema == schema
    }
    return found.isEmpty
      ? nil
      : Set(
        found.compactMap { one in
          var item = DefaultPrivileges.Item(one)
          item?.isUncertain = uncertain.contains(one)
          return item
        })
  }

  /// Follows `ALTER DEFAULT PRIVILEGES`.
  ///
  /// Those of all schemas start from what the server gives anyway, the owner's own privileges included, and are
  /// forgotten when they are that again; those of one schema start from nothing.
  mutating func changeDefaultPrivilege(_ effect: Effect) {
    var object = effect.object
    let owner = resolvedRole(object.parent ?? "")
    object.parent = owner
    if let signature = object.signature, let item = DefaultPrivileges.Item(object) {
      object.signature = signature.dropLast(item.grantee.count) + resolvedRole(item.grantee)
    }
    if let schema = object.schema, platformSchemas.contains(schema) { return }
    let standard = Set(
      DefaultPrivileges.standard(object.name, owner: owner, version: serverVersion).map {
        $0.identity(like: object)
      })
    let present = held.attached.members(of: .defaultPrivilege).filter { $0.isDefault(like: object) }
    if object.schema == nil, present.isEmpty { for one in standard { insert(one, owner: nil) } }
    changed.insert(object)
    let isCertain =
      switch effect.condition {
      case .guarded: false
      case .always, .ifExists, .ifNotExists, .orReplace: true
      }
    if effect.action == .creates, held[object] == nil {
      insert(object, owner: nil)
      if !isCertain { doubt(object) }
    } else if effect.action == .drops {
      if isCertain { remove(object) } else if held[object] != nil { doubt(object) }
    }
    if object.schema == nil {
      let left = held.attached.members(of: .defaultPrivilege).filter { $0.isDefault(like: object) }
      if left == standard { for one in left { remove(one) } }
    }
  }

  /// Follows `OWNER TO`: the new owner's grants are no grants any more, and the old owner's privileges are the new
  /// one's.
  mutating func changeOwner(of object: ObjectIdentity, to name: String) {
    let owner = resolvedRole(name)
    held.setOwner(of: object, to: owner)
    let columns = object.isRelation ? columns(of: object) : []
    for one in [object] + columns { grantOwners[Self.key(.grant("", to: "", on: one))] = .some(owner) }
    for grant in held.attached.attached(to: object)
    where grant.kind == .grant && GrantSignature(grant)?.role == owner {
      remove(grant)
    }
  }
}

/// What PostgreSQL grants by default.
enum DefaultPrivileges {
  /// One privilege of one role.
  struct Item: Hashable {
    var privilege: String
    var grantee: String
    /// Whether it hangs on a condition that it is granted.
    var isUncertain = false

    init(_ privilege: String, to grantee: String) {
      self.privilege = privilege
      self.grantee = grantee
    }

    init?(_ object: ObjectIdentity) {
      let words = object.signature?.split(separator: " ", omittingEmptySubsequences: false) ?? []
      guard words.count > 2, words[1] == "to" else { return nil }
      privilege = String(words[0])
      grantee = words[2...].joined(separator: " ")
    }

    func identity(like other: ObjectIdentity) -> ObjectIdentity {
      var copy = other
      copy.signature = "\(privilege) to \(grantee)"
      return copy
    }
  }

  /// The catalog's word for the objects that default privileges are for; nil where there are none.
  static func words(for kind: ObjectKind) -> String? {
    switch kind {
    case .table, .view, .materializedView, .foreignTable: "tables"
    case .sequence: "sequences"
    case .function, .procedure, .aggregate: "functions"
    case .type, .domain: "types"
    case .schema: "schemas"
    default: nil
    }
  }

  /// What everyone gets where nothing else is set.
  static func builtIn(_ words: String) -> Set<Item> {
    switch words {
    case "functions": [Item("EXECUTE", to: "public")]
    case "types": [Item("USAGE", to: "public")]
    default: []
    }
  }

  /// The whole list of access with which an object of a role starts where nothing else is set.
  static func standard(_ words: String, owner: String, version: Int) -> Set<Item> {
    let maintain = version >= 170000 ? ["MAINTAIN"] : []
    let own =
      switch words {
      case "tables":
        maintain + ObjectKind.table.privileges
      case "sequences": ObjectKind.sequence.privileges
      case "functions": ObjectKind.function.privileges
      case "schemas": ObjectKind.schema.privileges
      default: ObjectKind.type.privileges
      }
    return builtIn(words).union(own.map { Item($0, to: owner) })
  }
}

extension ObjectIdentity {
  /// Whether both are default privileges of one role for one kind of object in one schema.
  fileprivate func isDefault(like other: ObjectIdentity) -> Bool {
    kind == .defaultPrivilege && parent == other.parent && name == other.name && schema == other.schema
  }
}
