/// A set of small whole numbers, one bit each.
struct BitSet: Sendable, Hashable {
  private var words: [UInt64]

  /// An empty set of numbers below a limit.
  init(below limit: Int) { words = Array(repeating: 0, count: (limit + 63) / 64) }

  func contains(_ member: Int) -> Bool { words[member >> 6] & (1 << UInt64(member & 63)) != 0 }

  mutating func insert(_ member: Int) { words[member >> 6] |= 1 << UInt64(member & 63) }

  mutating func formUnion(_ other: BitSet) {
    for index in words.indices { words[index] |= other.words[index] }
  }
}
