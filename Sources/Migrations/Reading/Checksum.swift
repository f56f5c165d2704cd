import CCrypto

/// The checksum that tells whether a file is still what ran.
public enum Checksum {
  /// SHA-256 in lower-case hex of the bytes, line ends folded to LF and the byte order mark removed.
  public static func of(_ bytes: [UInt8]) -> String {
    let normalized = SourceText(bytes).normalized
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    _ = SHA256(normalized, normalized.count, &digest)
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
