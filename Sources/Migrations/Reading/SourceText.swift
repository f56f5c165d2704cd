import Script

/// The bytes of a text file, with the places and lines in them.
struct SourceText: Sendable {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The place of a byte, columns in characters.
  func position(at offset: Int) -> SourcePosition {
    var line = 1
    var column = 1
    let start = bytes.starts(with: Self.byteOrderMark) ? 3 : 0
    for byte in bytes[min(start, offset)..<min(offset, bytes.count)] {
      if byte == Self.lineFeed {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return SourcePosition(line: line, column: column)
  }

  /// The ranges of the lines, without their ends.
  var lineRanges: [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = bytes.starts(with: Self.byteOrderMark) ? 3 : 0
    for (index, byte) in bytes.enumerated() where byte == Self.lineFeed && index >= start {
      ranges.append(start..<(index > start && bytes[index - 1] == Self.carriageReturn ? index - 1 : index))
      start = index + 1
    }
    if start < bytes.count { ranges.append(start..<bytes.count) }
    return ranges
  }

  /// The text of a line, counted from 1; broken UTF-8 is shown as replacement characters.
  func line(_ number: Int) -> String? {
    let ranges = lineRanges
    guard ranges.indices.contains(number - 1) else { return nil }
    return String(decoding: bytes[ranges[number - 1]], as: UTF8.self)
  }

  /// The bytes as the checksum takes them: without byte order mark, CRLF folded to LF.
  var normalized: [UInt8] {
    if !bytes.contains(Self.carriageReturn), !bytes.starts(with: Self.byteOrderMark) { return bytes }
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    let start = bytes.starts(with: Self.byteOrderMark) ? 3 : 0
    for index in start..<max(start, bytes.count) {
      let isFolded =
        bytes[index] == Self.carriageReturn && index + 1 < bytes.count && bytes[index + 1] == Self.lineFeed
      if !isFolded { kept.append(bytes[index]) }
    }
    return kept
  }

  /// How many bytes at the beginning are ASCII, counted by eights.
  private var lengthOfASCII: Int {
    bytes.withUnsafeBytes { bytes in
      var place = 0
      while place + 8 <= bytes.count,
        bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        place += 8
      }
      return place
    }
  }

  /// The first byte that does not belong to well-formed UTF-8 (Unicode standard, table 3-7).
  var firstMalformedByte: Int? {
    var index = lengthOfASCII
    while index < bytes.count {
      let lead = bytes[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      let length: Int
      var second: ClosedRange<UInt8> = 0x80...0xBF
      switch lead {
      case 0xC2...0xDF: length = 2
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xE1...0xEF: length = 3
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      case 0xF1...0xF3: length = 4
      default: return index
      }
      guard index + length <= bytes.count, second.contains(bytes[index + 1]),
        bytes[(index + 2)..<(index + length)].allSatisfy({ (0x80...0xBF).contains($0) })
      else { return index }
      index += length
    }
    return nil
  }
}
