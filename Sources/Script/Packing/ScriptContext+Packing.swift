import Schema

extension ScriptContext {
  /// What earlier files have made, in few bytes.
  public var packed: [UInt8] {
    var packer = Packer()
    packer.pack(known)
    packer.pack(searchPath)
    return packer.bytes
  }

  /// What ``packed`` has written; nil if it is not that.
  public init?(packed bytes: UnsafeRawBufferPointer) {
    do {
      var unpacker = try Unpacker(bytes)
      let known = try unpacker.value(KnownSchema.self)
      self.init(known: known, searchPath: try unpacker.value())
      guard unpacker.isAtEnd else { return nil }
    } catch {
      return nil
    }
  }
}

extension SearchPath: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(schemas: try unpacker.array(), isSet: try unpacker.flag())
  }

  func pack(into packer: inout Packer) {
    packer.pack(schemas)
    packer.pack(isSet)
  }
}

extension KnownSchema: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    let objects = Set(try unpacker.array(ObjectIdentity.self))
    let bonds = try unpacker.array(Bond.self)
    var dependents: [ObjectIdentity: [ObjectIdentity: Bool]] = [:]
    for bond in bonds { dependents[bond.needed, default: [:]][bond.object] = bond.isPart }
    self.init(objects: objects, dependents: dependents)
    relations = try unpacker.table()
    routines = try unpacker.table()
    types = try unpacker.table()
    extensionSchemas = try unpacker.table()
    constraintNames = try unpacker.table([String].self).mapValues { Set($0) }
    missingSchemas = Set(try unpacker.array(String.self))
    eventTriggers = try unpacker.table()
  }

  func pack(into packer: inout Packer) {
    packer.pack(Array(objects))
    packer.pack(
      dependents.flatMap { needed, below in below.map { Bond(needed: needed, object: $0, isPart: $1) } })
    packer.pack(relations)
    packer.pack(routines)
    packer.pack(types)
    packer.pack(extensionSchemas)
    packer.pack(constraintNames.mapValues { Array($0) })
    packer.pack(Array(missingSchemas))
    packer.pack(eventTriggers)
  }

  /// That one object cannot be without another.
  private struct Bond: Packable {
    var needed: ObjectIdentity
    var object: ObjectIdentity
    var isPart: Bool

    init(needed: ObjectIdentity, object: ObjectIdentity, isPart: Bool) {
      self.needed = needed
      self.object = object
      self.isPart = isPart
    }

    init(from unpacker: inout Unpacker) throws(UnpackingError) {
      needed = try unpacker.value()
      object = try unpacker.value()
      isPart = try unpacker.flag()
    }

    func pack(into packer: inout Packer) {
      packer.pack(needed)
      packer.pack(object)
      packer.pack(isPart)
    }
  }
}

extension Packer {
  fileprivate mutating func pack<Key: Packable, Value: Packable>(_ table: [Key: Value]) {
    pack(table.count)
    for (key, value) in table {
      pack(key)
      pack(value)
    }
  }
}

extension Unpacker {
  fileprivate mutating func table<Key: Packable & Hashable, Value: Packable>(
    _ type: Value.Type = Value.self
  ) throws(UnpackingError) -> [Key: Value] {
    let count = try count()
    var table: [Key: Value] = [:]
    table.reserveCapacity(count)
    for _ in 0..<count {
      let key = try value(Key.self)
      table[key] = try value(Value.self)
    }
    return table
  }
}

extension ObjectKind: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    guard let kind = ObjectKind.kind(try unpacker.number()) else { throw UnpackingError() }
    self = kind
  }

  func pack(into packer: inout Packer) { packer.pack(ObjectKind.number(of: self)) }
}
