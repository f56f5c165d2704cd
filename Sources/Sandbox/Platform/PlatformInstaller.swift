public import Postgres

/// What a database is prepared with before its first migration.
public enum Platform: String, Sendable, Hashable, CaseIterable {
  /// Nothing: a bare PostgreSQL.
  case none
  /// What a Supabase project's first migration finds.
  case supabase

  /// The statements that prepare a database; empty for a bare one.
  public var sql: String {
    switch self {
    case .none: ""
    case .supabase: SupabasePlatform.sql
    }
  }
}

/// Prepares databases as a platform's host would.
public struct PlatformInstaller: Sendable {
  /// The platform to install.
  public var platform: Platform

  /// An installer of a platform.
  public init(_ platform: Platform) { self.platform = platform }

  /// Installs the platform into the connection's database; installing it again changes nothing.
  ///
  /// Sessions that are open keep their `search_path`: connect anew to see the platform's.
  public func install(on connection: Connection) async throws {
    guard !platform.sql.isEmpty else { return }
    _ = try await connection.execute(platform.sql)
  }
}
