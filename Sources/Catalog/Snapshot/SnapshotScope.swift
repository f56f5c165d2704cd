/// Which schemas a snapshot reads, and how closely.
///
/// PostgreSQL's own schemas (`pg_…`, `information_schema`) and the members of extensions are never read.
public struct SnapshotScope: Sendable, Hashable {
  /// Schemas that are left out altogether.
  public var excludedSchemas: Set<String>
  /// Schemas that the host provides and the project merely uses.
  ///
  /// Their objects are all there, so that `auth.users` is known and a policy on `storage.objects` is evidence, but
  /// without grants and comments, and their functions and views without definitions.
  public var platformSchemas: Set<String>
  /// Whether sizes on disk are read; they need one look at the file system for every table and index.
  public var includesSizes: Bool
  /// Whether it is read which object needs which, as it takes to know what a `DROP … CASCADE` takes along.
  public var includesDependencies: Bool

  /// Makes a scope from its parts.
  public init(
    excludedSchemas: Set<String> = [], platformSchemas: Set<String> = [], includesSizes: Bool = true,
    includesDependencies: Bool = false
  ) {
    self.excludedSchemas = excludedSchemas
    self.platformSchemas = platformSchemas
    self.includesSizes = includesSizes
    self.includesDependencies = includesDependencies
  }

  /// All schemas of a plain PostgreSQL, apart from Signalbox's own history.
  public static let everything = SnapshotScope(excludedSchemas: [historySchema])

  /// All schemas of a Supabase project, apart from Signalbox's own history; those of the host are read lightly.
  public static let supabase = SnapshotScope(
    excludedSchemas: [historySchema],
    platformSchemas: [
      "_analytics", "_realtime", "auth", "cron", "extensions", "graphql", "graphql_public", "net",
      "pgbouncer",
      "pgmq", "pgsodium", "pgsodium_masks", "realtime", "storage", "supabase_functions",
      "supabase_migrations", "vault",
    ])

  private static let historySchema = "signalbox"
}
