/// The body of a function in the text that defines it.
enum FunctionBody {
  /// The string behind `AS`, as the server stores it; nil for a body in SQL (`BEGIN ATOMIC`, `RETURN`).
  ///
  /// Line ends are folded to LF: tools differ in whether they send a file's CRLF as it is.
  static func text(of definition: String) -> String? {
    let bytes = Array(definition.utf8)
    var place = 0
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        // A default or a setting before the body.
        guard let end = endOfQuoted(bytes, from: place) else { return nil }
        if bytes[place] == UInt8(ascii: "'"), isBehindAs(bytes, place) {
          let inner = String(decoding: bytes[(place + 1)..<(end - 1)], as: UTF8.self)
          return folded(inner.split(separator: "''", omittingEmptySubsequences: false).joined(separator: "'"))
        }
        place = end
      case UInt8(ascii: "$"):
        guard let tagEnd = endOfTag(bytes, from: place) else {
          place += 1
          continue
        }
        let tag = Array(bytes[place..<tagEnd])
        guard let close = firstRange(of: tag, in: bytes, from: tagEnd) else { return nil }
        if isBehindAs(bytes, place) { return folded(String(decoding: bytes[tagEnd..<close], as: UTF8.self)) }
        place = close + tag.count
      default:
        place += 1
      }
    }
    return nil
  }

  private static func folded(_ text: String) -> String {
    String(decoding: text.utf8.enumeratedWithoutCarriageReturns, as: UTF8.self)
  }

  private static func endOfQuoted(_ bytes: [UInt8], from start: Int) -> Int? {
    var place = start + 1
    while place < bytes.count {
      if bytes[place] == bytes[start] {
        guard place + 1 < bytes.count, bytes[place + 1] == bytes[start] else { return place + 1 }
        place += 1
      }
      place += 1
    }
    return nil
  }

  private static func endOfTag(_ bytes: [UInt8], from start: Int) -> Int? {
    var place = start + 1
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "$"): return place + 1
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...: place += 1
      default: return nil
      }
    }
    return nil
  }

  private static func firstRange(of tag: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= tag.count else { return nil }
    return (start...max(start, bytes.count - tag.count)).first { place in
      place + tag.count <= bytes.count && bytes[place..<(place + tag.count)].elementsEqual(tag)
    }
  }

  private static func isBehindAs(_ bytes: [UInt8], _ place: Int) -> Bool {
    var end = place
    while end > 0, bytes[end - 1] == 0x20 || (0x09...0x0D).contains(bytes[end - 1]) { end -= 1 }
    guard end >= 2 else { return false }
    let word = bytes[(end - 2)..<end].map { $0 | 0x20 }
    guard word == Array("as".utf8) else { return false }
    return end == 2 || bytes[end - 3] == 0x20 || (0x09...0x0D).contains(bytes[end - 3])
  }
}

extension String.UTF8View {
  /// The bytes with CRLF as LF.
  fileprivate var enumeratedWithoutCarriageReturns: [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(count)
    for byte in self {
      if byte == 0x0A, kept.last == 0x0D { kept.removeLast() }
      kept.append(byte)
    }
    return kept
  }
}
