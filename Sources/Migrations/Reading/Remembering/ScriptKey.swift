/// What tells a file with all that run before it from every other: a digest of their bytes in order.
struct ScriptKey: Sendable, Hashable {
  /// The first half of a SHA-256.
  let words: (UInt64, UInt64)

  /// The key of nothing but the schemas in which sessions look up unqualified names.
  init(searchPath: [String]) {
    self.init(digestOf: searchPath.flatMap { Array($0.utf8) + [0] })
  }

  init(_ first: UInt64, _ second: UInt64) { words = (first, second) }

  private init(digestOf bytes: [UInt8]) {
    let digest = Digest.sha256(bytes)
    func word(_ start: Int) -> UInt64 { digest[start..<(start + 8)].reduce(0) { $0 << 8 | UInt64($1) } }
    self.init(word(0), word(8))
  }

  /// The key of a file behind those that this is the key of.
  func followed(by file: [UInt8]) -> ScriptKey {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(file.count + 16)
    for word in [words.0, words.1] {
      for shift in stride(from: UInt64(56), through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    bytes += file
    return ScriptKey(digestOf: bytes)
  }

  static func == (left: ScriptKey, right: ScriptKey) -> Bool { left.words == right.words }

  func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
