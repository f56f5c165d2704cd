/// The version of a server's programs.
public struct ServerVersion: Sendable, Hashable, CustomStringConvertible {
  /// The major version, such as 15.
  public var major: Int
  /// The version as the programs write it, such as `15.18`.
  public var text: String

  /// Reads the line of `postgres --version`: `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`.
  public init?(programOutput: String) {
    let words = programOutput.split { $0.isWhitespace }
    guard let marker = words.firstIndex(of: "(PostgreSQL)"), marker + 1 < words.count,
      let major = Int(words[marker + 1].prefix { $0.isNumber })
    else { return nil }
    self.major = major
    text = String(words[marker + 1])
  }

  /// The version as the programs write it.
  public var description: String { text }
}
