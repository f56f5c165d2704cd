/// How to read one tool's table: an SQL expression over its row for each thing that a history keeps.
package struct OtherHistorySource: Sendable, Hashable {
  package private(set) var tool: String
  package private(set) var version: String
  package private(set) var name = "NULL"
  package private(set) var isApplied = "true"
  package private(set) var appliedAt = "NULL"
  package private(set) var script = "NULL"
  package private(set) var coversEarlier = "false"
  package private(set) var checksum = "NULL"
  package private(set) var statements = "NULL"
  package private(set) var tail = ""
  private var digest = Digest.none

  /// What a tool's checksum is.
  private enum Digest: Sendable {
    case none
    case sha256
    case sha384
    case sha1
    case crc32
    case atlas
  }

  /// The names that tools give their tables by default.
  package static let usualTables =
    unmistakableTables + [
      "atlas_schema_revisions", "refinery_schema_history", "gorp_migrations", "pgmigrations",
      "_yoyo_migration",
      "play_evolutions", "schemaversion", "schema_version", "databasechangelog", "changelog", "changes",
      "migrations",
    ]

  /// Those of them that nothing else has, whatever columns the tool's version gives them.
  package static let unmistakableTables = [
    "schema_migrations", "_prisma_migrations", "flyway_schema_history", "goose_db_version", "alembic_version",
    "_sqlx_migrations", "__diesel_schema_migrations", "__drizzle_migrations",
  ]

  /// The columns that tell a history whatever its table is called (Flyway, goose).
  package static let tellingColumns = ["installed_rank", "is_applied"]

  /// What a text in the column of checksums means; nil if it is none.
  package func recordedChecksum(_ text: String) -> RecordedChecksum? {
    switch digest {
    case .none: nil
    case .sha256: .sha256(text)
    case .sha384: .sha384(text)
    case .sha1: .sha1(text)
    case .crc32: Int32(text).map { .crc32($0) }
    case .atlas: .atlas(text)
    }
  }

  private init(_ tool: String, version: String) {
    self.tool = tool
    self.version = version
  }

  private static func epoch(_ column: String) -> String { "extract(epoch FROM \(column))" }

  /// Recognises a tool by schema, table and columns; nil if the table is nobody's history.
  package init?(schema: String, table: String, columns: [String]) {
    let has = Set(columns).isSuperset
    switch table {
    case "schema_migrations" where schema == "supabase_migrations":
      self.init("supabase", version: "version")
      if has(["name"]) { name = "name" }
      if has(["statements"]) { statements = "statements" }
      tail = "ORDER BY version"
    case "schema_migrations" where has(["version", "dirty"]):
      // Its only row is the latest version; Hasura keeps a row for each in a table of the same form.
      self.init(schema == "hdb_catalog" ? "hasura" : "golang-migrate", version: "version")
      isApplied = "NOT dirty"
      coversEarlier = schema == "hdb_catalog" ? "false" : "true"
    case "schema_migrations" where columns == ["version"]:
      self.init("dbmate", version: "version")
      tail = "ORDER BY version"
    case "schema_migrations" where has(["version", "inserted_at"]):
      self.init("ecto", version: "version")
      appliedAt = Self.epoch("inserted_at")
    case "_prisma_migrations" where has(["migration_name", "finished_at"]):
      self.init("prisma", version: "migration_name")
      isApplied = "finished_at IS NOT NULL AND rolled_back_at IS NULL"
      appliedAt = Self.epoch("finished_at")
      checksum = "CASE WHEN length(checksum) = 64 THEN checksum END"
      digest = .sha256
      tail = "ORDER BY started_at"
    case _ where has(["installed_rank", "version", "script", "success"]):
      self.init("flyway", version: "coalesce(version, script)")
      name = "description"
      isApplied = "success AND type NOT IN ('UNDO_SQL', 'UNDO_SCRIPT', 'DELETE')"
      appliedAt = Self.epoch("installed_on")
      script = "CASE WHEN type IN ('SQL', 'SQL_BASELINE', 'SQL_REPEATABLE') THEN script END"
      coversEarlier = "type = 'BASELINE'"
      checksum = "checksum"
      digest = .crc32
      tail = "WHERE type <> 'SCHEMA' ORDER BY installed_rank"
    case _ where has(["version_id", "is_applied", "tstamp"]):
      self.init("goose", version: "version_id")
      isApplied = "is_applied"
      appliedAt = Self.epoch("tstamp")
      tail = "WHERE version_id > 0 ORDER BY id"
    case "alembic_version" where has(["version_num"]):
      self.init("alembic", version: "version_num")
    case "changes" where has(["change", "script_hash"]):
      self.init("sqitch", version: "change")
      name = "change_id"
      appliedAt = Self.epoch("committed_at")
      tail = "ORDER BY committed_at"
    case "_sqlx_migrations" where has(["version", "success", "checksum"]):
      self.init("sqlx", version: "version")
      name = "description"
      isApplied = "success"
      appliedAt = Self.epoch("installed_on")
      checksum = "encode(checksum, 'hex')"
      digest = .sha384
      tail = "ORDER BY version"
    case "__diesel_schema_migrations" where has(["version", "run_on"]):
      self.init("diesel", version: "version")
      appliedAt = Self.epoch("run_on")
      tail = "ORDER BY version"
    case "__drizzle_migrations" where has(["hash", "created_at"]):
      self.init("drizzle", version: "created_at")
      checksum = "hash"
      digest = .sha256
      tail = "ORDER BY created_at"
    case "atlas_schema_revisions" where has(["version", "applied", "total", "hash"]):
      self.init("atlas", version: "version")
      name = "description"
      isApplied = "applied = total AND coalesce(error, '') = ''"
      appliedAt = Self.epoch("executed_at")
      coversEarlier = has(["type"]) ? "type & 1 = 1" : "false"
      checksum = "nullif(hash, '')"
      digest = .atlas
      tail = "WHERE version NOT LIKE '.%' ORDER BY version"
    default:
      self.init(ofPlainTable: table, columns: columns)
    }
  }

  /// The tools that keep little more than a version or a file's name.
  private init?(ofPlainTable table: String, columns: [String]) {
    let has = Set(columns).isSuperset
    switch table {
    case "refinery_schema_history" where has(["version", "name"]):
      self.init("refinery", version: "version")
      name = "name"
    case "gorp_migrations" where has(["id", "applied_at"]):
      self.init("sql-migrate", version: "id")
      script = "id"
      appliedAt = Self.epoch("applied_at")
    case "pgmigrations" where has(["name", "run_on"]):
      self.init("node-pg-migrate", version: "name")
      appliedAt = Self.epoch("run_on")
    case "_yoyo_migration" where has(["migration_id"]):
      self.init("yoyo", version: "migration_id")
    case "play_evolutions" where has(["id", "state"]):
      self.init("play", version: "id")
      isApplied = "state = 'applied'"
      appliedAt = Self.epoch("applied_at")
    case "migrations" where columns == ["migration"]:
      self.init("rambler", version: "migration")
      script = "migration"
    case "migrations" where has(["hash", "filename", "previous_hash"]):
      self.init("graphile-migrate", version: "filename")
      script = "filename"
    case "migrations" where has(["id", "name", "hash", "executed_at"]):
      self.init("postgres-migrations", version: "id")
      name = "name"
    case "schemaversion" where has(["version", "md5"]):
      self.init("postgrator", version: "version")
      coversEarlier = "version > 0"
      tail = "ORDER BY version"
    case "schema_version" where columns == ["version"]:
      self.init("tern", version: "version")
      coversEarlier = "true"
    case "databasechangelog" where has(["filename", "exectype"]):
      self.init("liquibase", version: "id")
      script = "filename"
      isApplied = "exectype IN ('EXECUTED', 'RERAN', 'MARK_RAN')"
      appliedAt = Self.epoch("dateexecuted")
    case "changelog" where has(["id", "applied_at", "description"]):
      self.init("mybatis", version: "id")
    default:
      return nil
    }
  }
}
