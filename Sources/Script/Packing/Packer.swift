import Schema

/// Writes values one behind the other in few bytes, each text and each identity once.
///
/// What it writes is read by the same program only (``Unpacker``), so that the order of cases and members may change.
struct Packer {
  private var body: [UInt8] = []
  private var texts: [UInt8] = []
  private var places: [String: Int] = [:]
  private var identities: [UInt8] = []
  private var identityPlaces: [ObjectIdentity: Int] = [:]

  /// All that was written: the texts, the identities, and what refers to them.
  var bytes: [UInt8] {
    var whole: [UInt8] = []
    whole.reserveCapacity(texts.count + identities.count + body.count + 8)
    Self.append(places.count, to: &whole)
    whole += texts
    Self.append(identityPlaces.count, to: &whole)
    whole += identities
    whole += body
    return whole
  }

  mutating func pack(_ number: Int) { Self.append(number, to: &body) }

  mutating func pack(_ flag: Bool) { body.append(flag ? 1 : 0) }

  mutating func pack(_ text: String) { Self.append(place(of: text), to: &body) }

  mutating func pack(_ identity: ObjectIdentity) {
    if let known = identityPlaces[identity] { return Self.append(known, to: &body) }
    Self.append(ObjectKind.number(of: identity.kind), to: &identities)
    for part in [identity.schema, identity.parent, identity.name, identity.signature] {
      Self.append(part.map { place(of: $0) + 1 } ?? 0, to: &identities)
    }
    identityPlaces[identity] = identityPlaces.count
    Self.append(identityPlaces.count - 1, to: &body)
  }

  mutating func pack<Value: Packable>(_ value: Value) { value.pack(into: &self) }

  mutating func pack<Value: Packable>(_ value: Value?) {
    pack(value != nil)
    if let value { pack(value) }
  }

  private mutating func place(of text: String) -> Int {
    if let known = places[text] { return known }
    let place = places.count
    places[text] = place
    Self.append(text.utf8.count, to: &texts)
    texts += text.utf8
    return place
  }

  /// Seven bits a byte, the lowest first; small numbers take one byte, negative ones nine or ten.
  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    var rest = UInt64(bitPattern: Int64(number))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }
}

/// A value that can be written in few bytes and read again by the same program.
protocol Packable {
  /// Reads what ``pack(into:)`` has written.
  init(from unpacker: inout Unpacker) throws(UnpackingError)

  /// Writes the value.
  func pack(into packer: inout Packer)
}

/// What is read is not what a ``Packer`` has written.
struct UnpackingError: Error {}

extension ObjectKind {
  private static let numbers = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
  private static let cases = allCases

  /// The place of a kind among all.
  static func number(of kind: ObjectKind) -> Int { numbers[kind] ?? 0 }

  /// The kind at a place; nil if there is none.
  static func kind(_ number: Int) -> ObjectKind? {
    cases.indices.contains(number) ? cases[number] : nil
  }
}
