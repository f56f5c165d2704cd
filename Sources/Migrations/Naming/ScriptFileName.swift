/// What the name of a file says before it is opened: whether it is an SQL script, and for which database system.
enum ScriptFileName {
  /// The endings of scripts that PostgreSQL can read, in lower case, longer ones first.
  private static let endings = [
    ".sql.postgresql", ".sql.postgres", ".sql.pgsql", ".sql.pg", ".pgsql", ".psql", ".sql",
  ]

  /// The names by which people mark scripts and folders as meant for another database system.
  private static let otherSystems: Set<String> = [
    "mysql", "mysql5", "mysql8", "mariadb", "sqlite", "sqlite3", "mssql", "sqlserver", "oracle", "h2",
    "derby",
    "hsqldb", "db2", "clickhouse", "cassandra", "cockroachdb", "cockroach", "crdb", "spanner", "tidb",
    "snowflake",
    "bigquery", "redshift", "vertica", "firebird", "duckdb",
  ]

  /// The names by which people mark scripts and folders as meant for PostgreSQL.
  private static let ownSystem: Set<String> = ["postgres", "postgresql", "pgsql", "pg", "psql"]

  /// The name without its ending, or nil if it is no script for PostgreSQL.
  static func base(of name: String) -> String? {
    let lower = name.lowercased()
    guard let ending = endings.first(where: lower.hasEnding), lower.utf8.count > ending.utf8.count
    else { return nil }
    let base = String(name.dropLast(ending.count))
    return otherSystem(ofScript: base) == nil ? base : nil
  }

  /// The other database system that a script is meant for (`001_a.mysql.sql`, `001_a.sql.sqlite`), if its name says so.
  static func otherSystem(ofScript name: String) -> String? {
    guard name.utf8.contains(UInt8(ascii: ".")) else { return nil }
    let parts = name.lowercased().split(separator: ".")
    guard parts.count > 1 else { return nil }
    return parts.dropFirst().suffix(2).map(String.init).first(where: otherSystems.contains)
  }

  /// The other database system that a folder is meant for, if its name says so.
  static func otherSystem(ofFolder name: String) -> String? {
    otherSystems.contains(name.lowercased()) ? name.lowercased() : nil
  }

  /// Whether a folder is meant for PostgreSQL and says so.
  static func isForPostgres(folder name: String) -> Bool { ownSystem.contains(name.lowercased()) }

  /// The language of a migration that is a program and not SQL (`00005_seed.go`), if its ending says so.
  static func programLanguage(of name: String) -> String? {
    let languages = [
      ".go": "Go", ".py": "Python", ".js": "JavaScript", ".mjs": "JavaScript", ".cjs": "JavaScript",
      ".ts": "TypeScript", ".rb": "Ruby", ".php": "PHP", ".java": "Java", ".kt": "Kotlin", ".exs": "Elixir",
      ".ex": "Elixir", ".rs": "Rust", ".xml": "XML", ".sh": "shell",
    ]
    guard let dot = name.lastIndex(of: ".") else { return nil }
    return languages[name[dot...].lowercased()]
  }
}
