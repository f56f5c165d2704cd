import Glibc
import Postgres
import Sandbox
import Testing

@Suite("Two who want the same", .serialized)
struct RivalsTests {
  private static let files = [
    "001_a.sql": "CREATE TABLE a (x int);\nINSERT INTO a VALUES (1);\nSELECT pg_sleep(0.5);\n",
    "002_b.sql": "INSERT INTO a VALUES (2);\n",
  ]

  @Test("two consoles that are told to run at once: one runs, the other says that another run holds the lock")
  func twoConsoles() async throws {
    let server = try await ChaosServer.start()
    let directory = try ProjectDirectory(Self.files)
    let consoles = try (0..<2).map { _ in
      try PseudoTerminal([
        "console", "--project", directory.path, "--database", server.address("postgres"),
      ])
    }
    for console in consoles {
      try await console.waitFor("2 pending")
      try console.type(Array("*a".utf8))
      try await console.waitFor("Apply 2 migrations?")
    }
    for console in consoles { try console.type(Array("y".utf8)) }
    let done = "2 of 2 migrations applied"
    let refused = "another run holds"
    while !consoles.allSatisfy({ $0.written.contains(done) || $0.written.contains(refused) }) {
      for console in consoles { try console.type([0x0C]) }
      try await Task.sleep(for: .milliseconds(300))
    }
    #expect(consoles.contains { $0.written.contains(done) })
    for console in consoles {
      console.signal(SIGTERM)
      #expect(try await console.wait() == 128 + SIGTERM)
    }
    let rows = try await server.query("SELECT string_agg(x::text, ' ' ORDER BY x) AS rows FROM a")
    #expect(rows.rows.first?["rows"] == "1 2")
    try await server.cluster.stop()
  }

  @Test(
    "a command beside a console that waits in its run is refused with who it is, and runs when that has ended"
  )
  func consoleAndCommand() async throws {
    let server = try await ChaosServer.start()
    let directory = try ProjectDirectory(Self.files)
    let place = ["--project", directory.path, "--database", server.address("postgres")]
    let console = try PseudoTerminal(["console"] + place)
    try await console.waitFor("2 pending")
    try console.type(Array("*s".utf8))
    try await console.waitFor("Step through 2 migrations?")
    try console.type(Array("yn".utf8))
    try await console.waitFor("statement 2 of 3")
    let refused = try await RunningProgram(["apply", "--yes"] + place).wait()
    #expect(refused.status == 5, "\(refused)")
    #expect(refused.errors.contains("another run holds the lock of this project: pid "))
    #expect(refused.errors.contains("signalbox"))
    let status = try await RunningProgram(["status"] + place).wait()
    #expect(status.status == 0)
    console.signal(SIGTERM)
    #expect(try await console.wait() == 128 + SIGTERM)
    let done = try await RunningProgram(["apply", "--yes", "--wait", "60"] + place).wait()
    #expect(done.status == 0, "\(done)")
    let rows = try await server.query("SELECT string_agg(x::text, ' ' ORDER BY x) AS rows FROM a")
    #expect(rows.rows.first?["rows"] == "1 2")
    try await server.cluster.stop()
  }

  @Test("somebody who alters the same tables all the time, in the other order: each change is there once")
  func sameTables() async throws {
    let server = try await ChaosServer.start()
    let person = try await server.connect("postgres")
    try await person.execute("CREATE TABLE one (id int); CREATE TABLE two (id int)")
    var files: [String: String] = [:]
    for number in 10..<30 {
      files["0\(number)_both.sql"] =
        "ALTER TABLE one ADD ours\(number) int;\nSELECT pg_sleep(0.02);\nALTER TABLE two ADD ours\(number) int;\n"
    }
    let directory = try ProjectDirectory(files)
    let program = try RunningProgram([
      "apply", "--yes", "--json", "--attempts", "50", "--project", directory.path, "--database",
      server.address("postgres"),
    ])
    var kept = 0
    while program.ended == nil {
      do {
        try await person.execute(
          "BEGIN; ALTER TABLE two ADD theirs\(kept) int; SELECT pg_sleep(0.02); ALTER TABLE one ADD theirs\(kept) int; COMMIT"
        )
        kept += 1
      } catch let error as PostgresError where error.sqlState == "40P01" {
        // The server chose this one to give way.
        try await person.execute("ROLLBACK")
      }
    }
    let end = try await program.wait()
    #expect(end.status == 0, "\(end.errors)\n\(end.output.suffix(2_000))")
    for table in ["one", "two"] {
      let columns = try await person.query(
        """
        SELECT count(*) FILTER (WHERE attname LIKE 'ours%') AS ours, count(*) FILTER (WHERE attname LIKE 'theirs%') AS theirs
        FROM pg_attribute WHERE attrelid = '\(table)'::regclass AND attnum > 0 AND NOT attisdropped
        """)
      #expect(columns.rows.first?["ours"] == "20")
      #expect(columns.rows.first?["theirs"] == "\(kept)")
    }
    await person.close()
    try await server.cluster.stop()
  }

  @Test(
    "a table that somebody has altered since the plan was made fails its migration, and nothing of it stays")
  func alteredMeanwhile() async throws {
    let server = try await ChaosServer.start()
    let person = try await server.connect("postgres")
    try await person.execute("CREATE TABLE one (id int)")
    try await person.execute("BEGIN; ALTER TABLE one ADD theirs int")
    let directory = try ProjectDirectory([
      "001_a.sql": "CREATE TABLE lost (x int);\nALTER TABLE one ADD theirs int;\n"
    ])
    let program = try RunningProgram(
      [
        "apply", "--yes", "--json", "--lock-timeout", "600", "--project", directory.path, "--database",
        server.address("postgres"),
      ], watching: "\"blocked\"")
    try await program.says()
    try await person.execute("COMMIT")
    let end = try await program.wait()
    #expect(end.status == 1)
    #expect(end.output.contains("42701"), "\(end.output)")
    let left = try await server.query("SELECT to_regclass('lost') IS NULL AS is_gone")
    #expect(left.rows.first?["is_gone"] == "t")
    await person.close()
    try await server.cluster.stop()
  }
}
