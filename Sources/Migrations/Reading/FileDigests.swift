import CCrypto

/// What other tools compute of a file to notice that it has changed.
///
/// Each is computed when it is asked for: few projects have a history of another tool, and none has all of them.
public struct FileDigests: Sendable, Hashable {
  private var source: Source
  /// Whether the files of its project stand in one directory, as Atlas has them.
  var isOfFlatDirectory = false

  private enum Source: Sendable, Hashable {
    case bytes([UInt8])
    case unread(UnreadFile)
  }

  /// Prepares them of a file's bytes.
  public init(of bytes: [UInt8]) { source = .bytes(bytes) }

  /// Prepares them of a file that is read when one is asked for.
  init(of file: UnreadFile) { source = .unread(file) }

  /// The file as it is on the disk; empty if it cannot be read any more.
  var bytes: [UInt8] {
    switch source {
    case .bytes(let bytes): bytes
    case .unread(let file): file.bytes ?? []
    }
  }

  /// The same of a file that has been read; nil if it cannot be.
  var read: FileDigests? {
    guard case .unread(let file) = source else { return self }
    guard let bytes = file.bytes else { return nil }
    var digests = self
    digests.source = .bytes(bytes)
    return digests
  }

  /// SHA-256 in lower-case hex: of the bytes, and with all line ends LF or CRLF (Prisma takes any of them; Drizzle the
  /// first).
  var sha256: Set<String> {
    let folded = SourceText(bytes).normalized
    return [
      Digest.hex(Digest.sha256(bytes)), Digest.hex(Digest.sha256(folded)),
      Digest.hex(Digest.sha256(Self.withCarriageReturns(folded))),
    ]
  }

  /// SHA-384 in lower-case hex of the bytes (sqlx).
  var sha384: String { Digest.hex(Digest.sha384(bytes)) }

  /// SHA-1 in lower-case hex of the bytes (Sqitch).
  var sha1: String { Digest.hex(Digest.sha1(bytes)) }

  /// CRC-32 of the lines without their ends and the byte order mark (Flyway).
  var crc32: Int32 { Self.crc32(SourceText(bytes).normalized) }

  /// SHA-256 of the text without white space and semicolons, for texts that were kept statement by statement.
  var squeezed: String { Self.squeezed(bytes) }

  /// Whether the file is the one that a tool's checksum was computed of; nil if that cannot be told.
  ///
  /// - Parameter cumulative: what Atlas computes of this file and those before it.
  func agree(with checksum: RecordedChecksum, cumulative: String? = nil) -> Bool? {
    switch checksum {
    case .sha256(let text): sha256.contains(text)
    case .sha384(let text): sha384 == text
    case .sha1(let text): sha1 == text
    case .crc32(let value): crc32 == value
    case .atlas(let text): cumulative.map { $0 == text }
    }
  }

  /// The digest of a text without its white space and semicolons.
  static func squeezed(_ bytes: some Sequence<UInt8>) -> String {
    Digest.hex(Digest.sha256(bytes.filter { $0 > 0x20 && $0 != UInt8(ascii: ";") }))
  }

  private static func withCarriageReturns(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { $0 == UInt8(ascii: "\n") ? [UInt8(ascii: "\r"), $0] : [$0] }
  }

  /// CRC-32 as in ISO 3309, signed as Flyway stores it; a lone carriage return ends a line, too.
  private static func crc32(_ bytes: [UInt8]) -> Int32 {
    var remainder = UInt32.max
    for byte in bytes where byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\r") {
      remainder = crcTable[Int((remainder ^ UInt32(byte)) & 0xFF)] ^ (remainder >> 8)
    }
    return Int32(bitPattern: ~remainder)
  }

  private static let crcTable: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }
}

/// The digests of libcrypto.
enum Digest {
  static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    _ = SHA256(bytes, bytes.count, &digest)
    return digest
  }

  static func sha384(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(SHA384_DIGEST_LENGTH))
    _ = SHA384(bytes, bytes.count, &digest)
    return digest
  }

  static func sha1(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(SHA_DIGEST_LENGTH))
    _ = SHA1(bytes, bytes.count, &digest)
    return digest
  }

  static func hex(_ digest: [UInt8]) -> String {
    func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x61 - 10 + value }
    return String(unsafeUninitializedCapacity: digest.count * 2) { text in
      for (place, byte) in digest.enumerated() {
        text[place * 2] = digit(byte >> 4)
        text[place * 2 + 1] = digit(byte & 15)
      }
      return digest.count * 2
    }
  }

  static func base64(_ digest: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: digest.count, by: 3) {
      let group = digest[start..<min(start + 3, digest.count)]
      let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? letters[value >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
