/// An extension that a server has the files of, so that `CREATE EXTENSION` can install it.
public struct AvailableExtension: Sendable, Hashable {
  /// The version that `CREATE EXTENSION` installs.
  public var defaultVersion: String?
  /// The version that is installed in this database; nil if none is.
  public var installedVersion: String?
  /// The schema that it is installed in; nil if it is not.
  public var schema: String?
  /// The versions that `CREATE EXTENSION … VERSION` accepts.
  public var versions: Set<String>
  /// The extensions that the default version needs.
  public var requires: [String]
  /// Whether only a superuser may install the default version: it needs one, and is not marked as trusted.
  public var needsSuperuser: Bool

  /// Makes an extension from its parts.
  public init(
    defaultVersion: String? = nil, installedVersion: String? = nil, schema: String? = nil,
    versions: Set<String> = [], requires: [String] = [], needsSuperuser: Bool = false
  ) {
    self.defaultVersion = defaultVersion
    self.installedVersion = installedVersion
    self.schema = schema
    self.versions = versions
    self.requires = requires
    self.needsSuperuser = needsSuperuser
  }
}
