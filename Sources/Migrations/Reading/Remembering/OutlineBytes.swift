/// Writes numbers and texts one behind the other, as they lie in memory; read by the same program only
/// (``OutlineByteReader``).
struct OutlineByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ number: Int) { withUnsafeBytes(of: number) { bytes += $0 } }

  mutating func append(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

  mutating func append(_ text: String) {
    append(text.utf8.count)
    bytes += text.utf8
  }

  mutating func append(_ text: String?) {
    append(text != nil)
    if let text { append(text) }
  }

  mutating func append<Element>(_ elements: [Element], _ write: (Element, inout Self) -> Void) {
    append(elements.count)
    for element in elements { write(element, &self) }
  }
}

/// Reads what an ``OutlineByteWriter`` has written.
struct OutlineByteReader {
  private let bytes: UnsafeRawBufferPointer
  private var place = 0

  /// What is read is not what was written.
  struct Mismatch: Error {}

  /// Begins to read; the bytes must outlive the reading.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Whether everything was read.
  var isAtEnd: Bool { place == bytes.count }

  mutating func number() throws(Mismatch) -> Int {
    guard bytes.count - place >= MemoryLayout<Int>.size else { throw Mismatch() }
    defer { place += MemoryLayout<Int>.size }
    return bytes.loadUnaligned(fromByteOffset: place, as: Int.self)
  }

  mutating func flag() throws(Mismatch) -> Bool {
    guard place < bytes.count else { throw Mismatch() }
    defer { place += 1 }
    return bytes[place] != 0
  }

  mutating func text() throws(Mismatch) -> String {
    let length = try count()
    defer { place += length }
    return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[place..<(place + length)]), as: UTF8.self)
  }

  mutating func optionalText() throws(Mismatch) -> String? { try flag() ? try text() : nil }

  mutating func array<Element>(
    _ read: (inout Self) throws(Mismatch) -> Element
  ) throws(Mismatch) -> [Element] {
    let count = try count()
    var elements: [Element] = []
    elements.reserveCapacity(count)
    for _ in 0..<count { elements.append(try read(&self)) }
    return elements
  }

  /// How many things follow, each of which takes a byte at least.
  private mutating func count() throws(Mismatch) -> Int {
    let number = try number()
    guard number >= 0, number <= bytes.count - place else { throw Mismatch() }
    return number
  }
}
