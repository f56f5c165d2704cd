/// What a Supabase project's first migration finds in its database.
///
/// The names, columns, grants and function results are those of a hosted project, so that migrations written for one
/// apply unchanged: the API roles, `auth`, `storage` and `realtime`, the `extensions` schema, the realtime publication
/// and the default privileges of `public`. The services behind them are not there.
public enum SupabasePlatform {
  /// SQL that turns an empty database (PostgreSQL 13 or newer) into one that Supabase's platform has prepared.
  ///
  /// Send it as one simple query, or inside one transaction, as the superuser that will run the migrations: default
  /// privileges apply to what that role creates. Running it again changes nothing. Roles belong to the whole cluster
  /// and are made only where they are missing; none has a password. The database's `search_path` counts for sessions
  /// that start afterwards.
  ///
  /// Where the server does not ship `pgcrypto` or `uuid-ossp`, their most used functions are made from core ones.
  /// `crypt`, `gen_salt` and the `pgp_` functions have no such substitute and are missing there.
  public static let sql = [
    "SET client_min_messages = error;", roles, schemas, extensions, claims, accounts, files, realtime,
    "RESET client_min_messages;",
  ].joined(separator: "\n\n")
}
