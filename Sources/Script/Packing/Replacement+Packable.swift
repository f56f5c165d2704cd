import Schema

extension KnownSchema.Replacement: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(changes: Set(try unpacker.array(RowChange.self)), uses: try unpacker.array())
  }

  func pack(into packer: inout Packer) {
    packer.pack(Array(changes))
    packer.pack(uses)
  }
}

extension References.RelationUse: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(
      relation: try unpacker.value(), lock: try unpacker.value(), change: try unpacker.optional())
  }

  func pack(into packer: inout Packer) {
    packer.pack(relation)
    packer.pack(lock)
    packer.pack(change)
  }
}

extension RowChange: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    let number = try unpacker.number()
    guard Self.allCases.indices.contains(number) else { throw UnpackingError() }
    self = Self.allCases[number]
  }

  func pack(into packer: inout Packer) { packer.pack(Self.allCases.firstIndex(of: self) ?? 0) }
}
