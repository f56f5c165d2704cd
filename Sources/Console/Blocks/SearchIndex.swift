/// Texts that are searched again for every key that is typed, folded to lower case once.
struct SearchIndex: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  init(_ texts: some Sequence<String>) {
    for text in texts {
      bytes += text.lowercased().utf8
      ends.append(bytes.count)
    }
  }

  /// Whether a text contains what is wanted, upper and lower case alike.
  ///
  /// - Parameter wanted: the bytes of a text in lower case.
  func contains(_ wanted: [UInt8], in index: Int) -> Bool {
    let start = index == 0 ? 0 : ends[index - 1]
    let end = ends[index]
    guard let first = wanted.first else { return true }
    guard end - start >= wanted.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      for place in start...(end - wanted.count) where bytes[place] == first {
        var length = 1
        while length < wanted.count, bytes[place + length] == wanted[length] { length += 1 }
        if length == wanted.count { return true }
      }
      return false
    }
  }
}
