import Schema

/// Reads what a ``Packer`` has written; each text and each identity is made once and shared by all that refer to it.
struct Unpacker {
  private let bytes: UnsafeRawBufferPointer
  private var place = 0
  private var texts: [String] = []
  private var identities: [ObjectIdentity] = []

  /// Begins to read; the bytes must outlive the reading.
  init(_ bytes: UnsafeRawBufferPointer) throws(UnpackingError) {
    self.bytes = bytes
    let textCount = try count()
    texts.reserveCapacity(textCount)
    for _ in 0..<textCount {
      let length = try count()
      texts.append(String(decoding: bytes[place..<(place + length)], as: UTF8.self))
      place += length
    }
    let identityCount = try count()
    identities.reserveCapacity(identityCount)
    for _ in 0..<identityCount { identities.append(try identity()) }
  }

  /// Whether everything was read.
  var isAtEnd: Bool { place == bytes.count }

  mutating func number() throws(UnpackingError) -> Int {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while place < bytes.count, shift < 64 {
      let byte = bytes[place]
      place += 1
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int(Int64(bitPattern: number)) }
      shift += 7
    }
    throw UnpackingError()
  }

  mutating func flag() throws(UnpackingError) -> Bool {
    guard place < bytes.count else { throw UnpackingError() }
    place += 1
    return bytes[place - 1] != 0
  }

  mutating func text() throws(UnpackingError) -> String {
    let number = try number()
    guard texts.indices.contains(number) else { throw UnpackingError() }
    return texts[number]
  }

  mutating func value<Value: Packable>(_ type: Value.Type = Value.self) throws(UnpackingError) -> Value {
    try Value(from: &self)
  }

  mutating func optional<Value: Packable>(_ type: Value.Type = Value.self) throws(UnpackingError) -> Value? {
    try flag() ? try Value(from: &self) : nil
  }

  mutating func array<Value: Packable>(_ type: Value.Type = Value.self) throws(UnpackingError) -> [Value] {
    let count = try count()
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try Value(from: &self)) }
    return values
  }

  /// An identity that ``Packer/pack(_:)`` has written.
  fileprivate mutating func knownIdentity() throws(UnpackingError) -> ObjectIdentity {
    let number = try number()
    guard identities.indices.contains(number) else { throw UnpackingError() }
    return identities[number]
  }

  private mutating func identity() throws(UnpackingError) -> ObjectIdentity {
    guard let kind = ObjectKind.kind(try number()) else { throw UnpackingError() }
    let schema = try part()
    let parent = try part()
    guard let name = try part() else { throw UnpackingError() }
    return ObjectIdentity(kind, schema: schema, parent: parent, name: name, signature: try part())
  }

  private mutating func part() throws(UnpackingError) -> String? {
    let number = try number()
    guard number > 0 else { return nil }
    guard number <= texts.count else { throw UnpackingError() }
    return texts[number - 1]
  }

  /// How many things follow, each of which takes a byte at least.
  mutating func count() throws(UnpackingError) -> Int {
    let number = try number()
    guard number >= 0, number <= bytes.count - place else { throw UnpackingError() }
    return number
  }
}

extension ObjectIdentity: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) { self = try unpacker.knownIdentity() }

  func pack(into packer: inout Packer) { packer.pack(self) }
}

extension Int: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) { self = try unpacker.number() }

  func pack(into packer: inout Packer) { packer.pack(self) }
}

extension Bool: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) { self = try unpacker.flag() }

  func pack(into packer: inout Packer) { packer.pack(self) }
}

extension String: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) { self = try unpacker.text() }

  func pack(into packer: inout Packer) { packer.pack(self) }
}

extension Array: Packable where Element: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) { self = try unpacker.array() }

  func pack(into packer: inout Packer) {
    packer.pack(count)
    for element in self { packer.pack(element) }
  }
}

extension Range: Packable where Bound == Int {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    let lower = try unpacker.number()
    let upper = try unpacker.number()
    guard lower <= upper else { throw UnpackingError() }
    self = lower..<upper
  }

  func pack(into packer: inout Packer) {
    packer.pack(lowerBound)
    packer.pack(upperBound)
  }
}
