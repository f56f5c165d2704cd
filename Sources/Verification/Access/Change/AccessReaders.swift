import Schema

/// Which tables and views hang on what others are: by their policies, and by what views read.
struct AccessReaders {
  /// The tables and views that name something, each with how many of their policies do.
  private var readers: [[String]: [ObjectIdentity: Int]] = [:]
  /// What each policy and view names.
  private var names: [ObjectIdentity: Set<[String]>] = [:]

  init(_ snapshot: Snapshot) {
    for object in snapshot.objects.values where object.identity.kind == .policy {
      set(object.identity, Self.names(in: object))
    }
    for (view, facts) in snapshot.access.views { set(view, Self.names(in: facts)) }
  }

  /// Takes in what has become of policies and views, and finds what hangs on some objects now, or did before.
  ///
  /// - Returns: The objects and all that hang on them, relations by their name alone.
  mutating func follow(
    _ delta: AccessDelta, touching objects: Set<ObjectIdentity>
  ) -> Set<ObjectIdentity> {
    var gone: [(ObjectIdentity, Set<[String]>)] = []
    for (identity, object) in delta.objects where identity.kind == .policy {
      if let old = names[identity] { gone.append((Self.reader(identity), old)) }
      set(identity, object.map(Self.names) ?? [])
    }
    for (view, facts) in delta.views {
      if let old = names[view] { gone.append((Self.reader(view), old)) }
      set(view, facts.map(Self.names) ?? [])
    }
    defer { for (reader, names) in gone { count(reader, names, by: -1) } }
    return objects.isEmpty ? [] : withReaders(objects)
  }

  private func withReaders(_ objects: Set<ObjectIdentity>) -> Set<ObjectIdentity> {
    var found = objects
    var open = Array(objects)
    while let object = open.popLast() {
      guard let schema = object.schema, let readers = readers[[schema, object.name]] else { continue }
      for reader in readers.keys where found.insert(reader).inserted { open.append(reader) }
    }
    return found
  }

  /// Notes what a policy or view names; what it named before stays counted.
  private mutating func set(_ identity: ObjectIdentity, _ named: Set<[String]>) {
    names[identity] = named.isEmpty ? nil : named
    count(Self.reader(identity), named, by: 1)
  }

  private mutating func count(_ reader: ObjectIdentity, _ names: Set<[String]>, by number: Int) {
    for name in names {
      let count = (readers[name]?[reader] ?? 0) + number
      readers[name, default: [:]][reader] = count == 0 ? nil : count
    }
  }

  private static func reader(_ identity: ObjectIdentity) -> ObjectIdentity {
    identity.table ?? identity.relationName
  }

  /// What a policy names, if it looks beyond its own table's row and who asks.
  static func names(in policy: SchemaObject) -> Set<[String]> {
    guard case .policy(let detail) = policy.detail else { return [] }
    var names: Set<[String]> = []
    for text in [detail.using, detail.check].compactMap(\.self) {
      let condition = PolicyCondition(ExpressionItem.items(of: text))
      guard condition.hasSubselect || condition.calls.contains(where: { $0.first != "auth" }) else {
        continue
      }
      names.formUnion(condition.names + condition.calls)
    }
    return names
  }

  /// What a view reads.
  static func names(in view: AccessFacts.View) -> Set<[String]> {
    Set(view.reads.compactMap { read in read.schema.map { [$0, read.name] } })
  }
}
