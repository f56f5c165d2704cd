/// The control sequence that hands a text to the terminal's clipboard (OSC 52).
struct ClipboardSequence: Sendable, Hashable {
  var bytes: [UInt8]

  // What xterm takes; longer ones are cut off by some terminals and printed by others.
  static let mostBytes = 74_994

  /// Encodes a text; nil if a terminal would not take so much.
  init?(_ text: String, isInsideTmux: Bool) {
    let encoded = Self.base64(Array(text.utf8))
    guard encoded.count <= Self.mostBytes else { return nil }
    let sequence = Array("\u{1B}]52;c;".utf8) + encoded + [7]
    // tmux passes on what is wrapped so, with every escape character doubled.
    bytes =
      isInsideTmux
      ? Array("\u{1B}Ptmux;\u{1B}".utf8) + sequence + Array("\u{1B}\\".utf8) : sequence
  }

  static func base64(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = Array(bytes[start..<min(start + 3, bytes.count)])
      let first = group[0]
      let second = group.count > 1 ? group[1] : 0
      let third = group.count > 2 ? group[2] : 0
      result.append(alphabet[Int(first >> 2)])
      result.append(alphabet[Int((first & 3) << 4 | second >> 4)])
      result.append(group.count > 1 ? alphabet[Int((second & 15) << 2 | third >> 6)] : UInt8(ascii: "="))
      result.append(group.count > 2 ? alphabet[Int(third & 63)] : UInt8(ascii: "="))
    }
    return result
  }
}
