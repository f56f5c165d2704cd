import Schema
import Script

/// What happens to what names a role when the role gets another name, or goes.
extension EffectFold {
  /// Gives a role its new name wherever objects name it: grants, memberships, settings, owners, policies.
  mutating func renameRole(_ old: String, to new: String) {
    defaults.rename(role: old, to: new)
    isImplied = true
    for object in objects.keys.sorted() {
      guard var state = objects[object], state.existence != .absent else { continue }
      let renamed = object.naming(role: old, as: new)
      let isChanged = state.renameRole(old, to: new)
      if renamed != object {
        change(object, by: .drops) { $0.remove() }
        set(renamed, state, by: .creates)
      } else if isChanged {
        change(object, by: .alters) { $0 = state }
      }
    }
    isImplied = false
  }

  /// Whether an object goes with a role: its memberships, and the settings that are stored with it.
  static func goes(_ object: ObjectIdentity, withRole role: String) -> Bool {
    switch object.kind {
    case .grant where object.parent == ObjectKind.role.rawValue:
      object.name == role || GrantSignature(object)?.role == role
    case .setting: object.isSetting(ofRole: role)
    default: false
    }
  }
}

extension TrackedObject {
  /// Gives a role its new name in what the object is; answers whether it names the role.
  fileprivate mutating func renameRole(_ old: String, to new: String) -> Bool {
    var isChanged = false
    if facets[.part("owner")] == .value(old) {
      facets[.part("owner")] = .value(new)
      isChanged = true
    }
    guard var policy, policy.roles.contains(old) else { return isChanged }
    policy.roles = policy.roles.map { $0 == old ? new : $0 }
    self.policy = policy
    if facets[.definition] != nil { facets[.definition] = FacetReading.value(of: policy) }
    if facets[.part("roles")] != nil {
      facets[.part("roles")] = .value(policy.roles.sorted().joined(separator: ", "))
    }
    return true
  }
}

extension ObjectIdentity {
  /// Whether it is a setting that is stored with a role, in all databases or in one.
  fileprivate func isSetting(ofRole role: String) -> Bool {
    guard kind == .setting, let owner = signature else { return false }
    return owner == "role \(role)" || owner.hasPrefix("role \(role) in database ")
  }

  /// The database that a setting is stored for; nil where it is stored for all.
  var databaseOfSetting: String? {
    guard kind == .setting, let owner = signature else { return nil }
    if owner.hasPrefix("database ") { return String(owner.dropFirst("database ".count)) }
    let mark = " in database "
    return owner.range(ofMark: mark).map { String(owner[$0...].dropFirst(mark.count)) }
  }

  /// The same object after a role got another name.
  func naming(role old: String, as new: String) -> ObjectIdentity {
    var copy = self
    switch kind {
    case .grant, .defaultPrivilege:
      if let signature, signature.hasSuffix(" to \(old)") {
        copy.signature = signature.dropLast(old.count) + new
      }
      if kind == .defaultPrivilege, parent == old { copy.parent = new }
      if kind == .grant, parent == ObjectKind.role.rawValue, name == old { copy.name = new }
    case .userMapping where name == old: copy.name = new
    case .setting where isSetting(ofRole: old):
      copy.signature = "role \(new)" + (signature ?? "").dropFirst("role \(old)".count)
    case .comment where signature == ObjectKind.role.rawValue && name == old: copy.name = new
    default: break
    }
    return copy
  }
}
