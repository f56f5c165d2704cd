/// What advice about a database needs beside its snapshot: what the API shows of it, its extensions, its public files.
public struct AdvisorFacts: Sendable, Hashable {
  /// The schemas that PostgREST exposes (`pgrst.db_schemas` of the role `authenticator` or the database); nil where
  /// that is set nowhere in the database.
  public var exposedSchemas: [String]?
  /// The extensions that are installed.
  public var extensions: [Extension]
  /// The buckets of `storage.buckets` whose files everybody may download by name.
  public var publicBuckets: [String]

  /// Makes facts from their parts.
  public init(
    exposedSchemas: [String]? = nil, extensions: [Extension] = [], publicBuckets: [String] = []
  ) {
    self.exposedSchemas = exposedSchemas
    self.extensions = extensions
    self.publicBuckets = publicBuckets
  }

  /// An extension that is installed.
  public struct Extension: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// The schema that holds its objects.
    public var schema: String
    /// Whether it can be moved to another schema.
    public var isRelocatable: Bool
    /// The version that is installed.
    public var version: String
    /// The version that the server would install now, if it still ships the extension.
    public var availableVersion: String?

    /// Makes an extension from its parts.
    public init(
      name: String, schema: String, isRelocatable: Bool, version: String, availableVersion: String? = nil
    ) {
      self.name = name
      self.schema = schema
      self.isRelocatable = isRelocatable
      self.version = version
      self.availableVersion = availableVersion
    }
  }
}
