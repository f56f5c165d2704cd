import Migrations
import Postgres

/// The advisory locks by which other migration tools keep themselves out of each other's way.
///
/// The keys stand in the tools' sources; those that are made of a database's name are worked out for this one.
struct ForeignLocks: Sendable {
  let connection: Connection

  /// A tool at work.
  struct Held: Sendable {
    var tool: String
    var session: SessionDescription
  }

  /// The tools whose lock another session of this database holds.
  func held() async throws -> [Held] { try Self.held(try await connection.query(Self.request.sql)) }

  /// What asks for the advisory locks of other sessions; the answer goes to ``held(_:)``.
  static let request = PipelineRequest(
    """
    SELECT l.pid, l.objsubid, CASE l.objsubid WHEN 1 THEN (l.classid::bigint << 32) | l.objid::bigint
             ELSE l.classid::bigint END AS key,
           a.usename, a.application_name, host(a.client_addr) AS address, a.query, current_database() AS database,
           extract(epoch FROM clock_timestamp() - coalesce(a.xact_start, a.backend_start)) AS seconds
    FROM pg_locks l JOIN pg_stat_activity a USING (pid)
    WHERE l.locktype = 'advisory' AND l.granted AND l.pid <> pg_backend_pid()
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    ORDER BY l.pid
    """, synchronizes: true)

  /// The tools whose lock another session of this database holds, from the answer to ``request``.
  static func held(_ result: QueryResult) throws -> [Held] {
    try result.rows.compactMap { row in
      guard
        let tool = Self.tool(
          key: Int64(try row.int("key")), isSingle: try row.int("objsubid") == 1,
          database: try row.text("database"))
      else { return nil }
      return Held(
        tool: tool,
        session: SessionDescription(
          pid: Int32(clamping: try row.int("pid")), user: row["usename"],
          application: row["application_name"],
          address: row["address"], query: row["query"], seconds: try row.optionalDouble("seconds")))
    }
  }

  /// The tool that takes a lock of this key in a database; nil if none is known to.
  ///
  /// - Parameter isSingle: whether the key is one number rather than a pair.
  static func tool(key: Int64, isSingle: Bool, database: String) -> String? {
    guard isSingle else { return nil }
    if let tool = fixedKeys[key] { return tool }
    // Flyway adds the 32-bit hash of its table's name to a number of its own.
    if abs(key - 77_431_708_279_161) <= Int64(UInt32.max) / 2 + 1 { return "Flyway" }
    let sum = crc32(Array(database.utf8))
    if key == 2_053_462_845 * Int64(sum) { return "Rails" }
    if key == 0x3d32_ad9e * Int64(sum) { return "sqlx" }
    let table = Array("public\u{0}schema_migrations\u{0}\(database)".utf8)
    if key == Int64(crc32(table) &* 1_486_364_155) { return "golang-migrate" }
    return nil
  }

  private static let fixedKeys: [Int64: String] = [
    72_707_369: "Prisma", 75_474_063: "Sqitch", 4_097_083_626: "goose", 2_686_470_616: "Atlas",
    9_628_173_550_095_224: "tern", 4_727_445_306_447_283: "graphile-migrate",
    4_036_779_288_569_897_133: "reshape", 12_388_221_127_840_347: "pgroll",
    7_241_865_325_823_964: "node-pg-migrate",
  ]

  /// CRC-32 as in ISO 3309.
  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var remainder = UInt32.max
    for byte in bytes {
      remainder ^= UInt32(byte)
      for _ in 0..<8 { remainder = remainder & 1 == 1 ? 0xEDB8_8320 ^ (remainder >> 1) : remainder >> 1 }
    }
    return ~remainder
  }
}
