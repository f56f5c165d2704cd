/// A migration's name: its file name without `.sql`, unique in a project even where two files share a version.
public struct MigrationID: RawRepresentable, Sendable, Hashable, Codable, CustomStringConvertible,
  ExpressibleByStringLiteral
{
  /// The name itself.
  public var rawValue: String

  /// Takes a name as it is.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Takes a name as it is.
  public init(_ name: String) { self.rawValue = name }

  /// Takes a name as it is.
  public init(stringLiteral value: String) { self.rawValue = value }

  /// The name itself.
  public var description: String { rawValue }
}
