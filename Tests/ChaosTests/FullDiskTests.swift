import JSON
import Postgres
import Testing

@Suite(
  "A disk that is full", .serialized,
  .enabled(if: SmallDisk.isPossible, "a disk can be mounted by root, or in a user namespace"))
struct FullDiskTests {
  private static let rows = 9_000

  /// Each migration writes about a megabyte, and its write-ahead log as much again.
  private static func files() -> [String: String] {
    var files: [String: String] = [:]
    for number in 10..<22 {
      let fill =
        "INSERT INTO t\(number) SELECT g, repeat('x', 100) FROM generate_series(1, \(rows)) g;\n"
      files["0\(number)_fill.sql"] =
        "CREATE TABLE t\(number) (x int, y text);\n"
        + (number % 4 == 0
          ? "BEGIN;\n\(fill)COMMIT;\nCREATE INDEX CONCURRENTLY t\(number)_x ON t\(number) (x);\n" : fill)
    }
    return files
  }

  @Test("ends a run with a clear error; status tells what is in, and with some room the next one goes on")
  func fullDisk() async throws {
    let disk = try await SmallDisk(megabytes: 96, free: 4)
    let directory = try ProjectDirectory(Self.files())
    let place = ["--project", directory.path, "--database", disk.address]
    var interruptions = 0
    var isDone = false
    for _ in 0..<60 where !isDone {
      let end = try await RunningProgram(["apply", "--yes"] + place).wait()
      isDone = end.status == 0
      if !isDone {
        interruptions += 1
        #expect([1, 3].contains(end.status), "\(end)")
        let said = end.output + end.errors
        // 53100 is disk_full: the server words it as the system does, or by how much of a page it could write.
        #expect(
          said.contains("No space left on device") || said.contains("(53100)")
            || said.contains("the database system is") || said.contains("connection")
            || said.contains("socket"), "\(end)")
      }
      while try await !compare(disk, place) {}
      if !isDone { try await disk.free(kilobytes: 2_048) }
    }
    #expect(isDone)
    #expect(interruptions > 1)
    print("full disk: \(interruptions) runs ended by it")
    try await disk.stop()
  }

  /// What `status` says must be what is in the tables: all rows of a migration, or none.
  ///
  /// - Returns: false if the server went down in between: a checkpoint that finds no room ends it at any moment.
  private func compare(_ disk: SmallDisk, _ place: [String]) async throws -> Bool {
    var end = try await RunningProgram(["status", "--json"] + place).wait()
    while end.status == 3 {
      // A server that could not even keep its log on the disk is down until there is room.
      try await disk.free(kilobytes: 1_024)
      try await disk.start()
      end = try await RunningProgram(["status", "--json"] + place).wait()
    }
    #expect(end.status == 0, "\(end.errors)")
    let status = try #require(JSONReader.read(Array(end.output.utf8)))
    let counts: [String: Int]
    do {
      counts = try await rowCounts(disk)
    } catch let error as PostgresError
      where [.connectionFailed, .connectionLost].contains(error.code)
      || error.sqlState?.hasPrefix("57P") == true
    {
      return false
    }
    for migration in status["migrations"]?.elements ?? [] {
      let id = migration["id"]?.stringValue ?? ""
      let count = counts["t" + id.dropFirst().prefix(2)] ?? 0
      let state = migration["state"]?.stringValue ?? ""
      #expect(count == 0 || count == Self.rows, "\(id) has \(count) rows and is \(state)")
      if state == "applied" { #expect(count == Self.rows, "\(id)") }
      if state == "pending" { #expect(count == 0, "\(id)") }
    }
    return true
  }

  /// How many rows each table has that is there.
  private func rowCounts(_ disk: SmallDisk) async throws -> [String: Int] {
    let connection = try await disk.connect()
    let tables = try await connection.query("SELECT relname FROM pg_class WHERE relname ~ '^t[0-9]+$'")
    var counts: [String: Int] = [:]
    for table in tables.rows {
      let name = try table.text("relname")
      let rows = try await connection.query("SELECT count(*) AS count FROM \(name)")
      counts[name] = try rows.rows.first?.int("count")
    }
    await connection.close()
    return counts
  }
}
