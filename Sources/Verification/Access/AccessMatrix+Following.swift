import Schema

/// Becoming the matrix of a later moment, at the cost of what has changed.
extension AccessMatrix {
  /// Takes in what has become of a database.
  mutating func follow(_ delta: AccessDelta) {
    // Rights and snapshot share their facts: while one is changed it must be the only one, or everything is copied.
    snapshot.access = AccessFacts()
    rights.follow(delta)
    snapshot.access = rights.facts
    var functionNames: Set<[String]> = []
    for (identity, object) in delta.objects {
      snapshot.objects[identity] = object
      switch identity.kind {
      case .policy: put(object, as: identity)
      case .column:
        guard let table = identity.table else { continue }
        if object == nil {
          columns[table]?.remove(identity.name)
        } else {
          columns[table, default: []].insert(identity.name)
        }
      case .function:
        guard let schema = identity.schema else { continue }
        let name = [schema, identity.name]
        functions[name, default: []].removeAll { $0 == identity }
        if object != nil { functions[name, default: []].append(identity) }
        functionNames.insert(name)
      case _ where identity.isRelation:
        if object != nil {
          relationsByName[identity.relationName] = identity
        } else if relationsByName[identity.relationName] == identity {
          relationsByName[identity.relationName] = nil
        }
      default: continue
      }
    }
    for name in functionNames {
      identityFunctions.forget(name)
      for function in functions[name] ?? [] {
        if let object = snapshot[function] { identityFunctions.read(object) }
      }
    }
  }

  private mutating func put(_ policy: SchemaObject?, as identity: ObjectIdentity) {
    guard let table = identity.table else { return }
    var present = policies[table] ?? []
    present.removeAll { $0.identity == identity }
    if let policy {
      let place = present.firstIndex { identity < $0.identity } ?? present.endIndex
      present.insert(policy, at: place)
    }
    policies[table] = present
  }
}
