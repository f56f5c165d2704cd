import Schema

/// The objects of a prediction, found by what they are on and what they need; notes which of them have become others.
struct PredictedObjects: Sendable {
  /// An object as far as it matters for what becomes of others.
  struct Holding: Sendable {
    var owner: String?
    var bonds: [ObjectIdentity: Dependency.Bond] = [:]
  }

  private(set) var holdings: [ObjectIdentity: Holding] = [:]
  private(set) var attached = AttachedObjects()
  private var users: [ObjectIdentity: Set<ObjectIdentity>] = [:]
  /// What has come, gone or changed its owner since this was asked last.
  private var touched: Set<ObjectIdentity> = []

  /// An object, or nil if it is not there.
  subscript(object: ObjectIdentity) -> Holding? { holdings[object] }

  /// What has come, gone or changed its owner since this was asked last.
  mutating func takeTouched() -> Set<ObjectIdentity> {
    defer { touched = [] }
    return touched
  }

  /// What has a bond to an object.
  func users(of object: ObjectIdentity) -> Set<ObjectIdentity> { users[object] ?? [] }

  /// What belongs to an object: what is attached to it, and the comment on it.
  func belongings(of owner: ObjectIdentity) -> [ObjectIdentity] {
    var found = attached.attached(to: owner)
    let comment = ObjectIdentity.comment(on: owner)
    if holdings[comment] != nil, !found.contains(comment) { found.append(comment) }
    return found
  }

  /// Puts an object in, in the place of one that is there.
  mutating func insert(_ object: ObjectIdentity, _ holding: Holding) {
    touched.insert(object)
    let old = holdings.updateValue(holding, forKey: object)
    if let old { unbind(object, from: old.bonds) } else { attached.insert(object) }
    bind(object, to: holding.bonds)
  }

  mutating func remove(_ object: ObjectIdentity) {
    guard let old = holdings.removeValue(forKey: object) else { return }
    touched.insert(object)
    unbind(object, from: old.bonds)
    attached.remove(object)
  }

  /// Changes nothing where the object is not there.
  mutating func setOwner(of object: ObjectIdentity, to owner: String?) {
    guard holdings[object] != nil else { return }
    touched.insert(object)
    holdings[object]?.owner = owner
  }

  /// Changes nothing where the object is not there.
  mutating func setBonds(of object: ObjectIdentity, to bonds: [ObjectIdentity: Dependency.Bond]) {
    guard let old = holdings[object] else { return }
    unbind(object, from: old.bonds)
    holdings[object]?.bonds = bonds
    bind(object, to: bonds)
  }

  /// Adds a bond; none to what is not there.
  mutating func bind(_ object: ObjectIdentity, to need: ObjectIdentity, by bond: Dependency.Bond) {
    guard holdings[object] != nil else { return }
    holdings[object]?.bonds[need] = bond
    users[need, default: []].insert(object)
  }

  private mutating func bind(_ object: ObjectIdentity, to bonds: [ObjectIdentity: Dependency.Bond]) {
    for need in bonds.keys { users[need, default: []].insert(object) }
  }

  private mutating func unbind(_ object: ObjectIdentity, from bonds: [ObjectIdentity: Dependency.Bond]) {
    for need in bonds.keys { users[need]?.remove(object) }
  }
}
