/// The checksum that tells whether a file is still what ran.
public enum Checksum {
  /// SHA-256 in lower-case hex of the bytes, line ends folded to LF and the byte order mark removed.
  public static func of(_ bytes: [UInt8]) -> String {
    Digest.hex(Digest.sha256(SourceText(bytes).normalized))
  }

  /// SHA-256 in lower-case hex of the bytes as they are.
  public static func exact(_ bytes: [UInt8]) -> String { Digest.hex(Digest.sha256(bytes)) }
}
