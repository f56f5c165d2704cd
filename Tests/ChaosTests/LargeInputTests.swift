import Glibc
import Postgres
import Sandbox
import Testing

/// `SIGNALBOX_LARGE_INPUTS=1` makes them as large as people have them: 50 MB, a million statements, 10,000 files.
@Suite("Projects that are larger than any should be", .serialized)
struct LargeInputTests {
  private static let isFull = ChaosSettings.number("SIGNALBOX_LARGE_INPUTS") == 1

  private func apply(_ files: [String: String], expecting rows: Int) async throws {
    let server = try await ChaosServer.start()
    let directory = try ProjectDirectory(files)
    let place = ["--project", directory.path, "--database", server.address("postgres")]
    let applied = try await RunningProgram(["apply", "--yes"] + place).wait(minutes: 30)
    #expect(applied.status == 0, "\(applied.errors.suffix(500)) \(applied.output.suffix(500))")
    let count = try await server.query("SELECT count(*) AS count FROM t")
    #expect(count.rows.first?["count"] == "\(rows)")
    let status = try await RunningProgram(["status"] + place).wait(minutes: 30)
    #expect(status.output.contains("\(files.count) applied"), "\(status.output.suffix(200))")
    try await server.cluster.stop()
  }

  @Test("a statement of many megabytes")
  func largeStatement() async throws {
    let rows = Self.isFull ? 500_000 : 10_000
    let line = "('\(String(repeating: "x", count: 100))'),\n"
    let text = "INSERT INTO t VALUES\n" + String(repeating: line, count: rows - 1) + "('y');\n"
    try await apply(["001_a.sql": "CREATE TABLE t (x text);\n" + text], expecting: rows)
  }

  @Test("rows of COPY by the megabyte")
  func largeCopy() async throws {
    let rows = Self.isFull ? 500_000 : 20_000
    let text =
      "COPY t FROM stdin;\n" + String(repeating: String(repeating: "x", count: 100) + "\n", count: rows)
    try await apply(["001_a.sql": "CREATE TABLE t (x text);\n\(text)\\.\n"], expecting: rows)
  }

  @Test("statements without end")
  func manyStatements() async throws {
    let count = Self.isFull ? 1_000_000 : 5_000
    let text = (0..<count).map { "INSERT INTO t VALUES (\($0));\n" }.joined()
    try await apply(["001_a.sql": "CREATE TABLE t (x int);\n" + text], expecting: count)
  }

  @Test("files without end")
  func manyFiles() async throws {
    let count = Self.isFull ? 10_000 : 200
    var files = ["00000_t.sql": "CREATE TABLE t (x int);\n"]
    for number in 1...count {
      files["\(100_000 + number)_x.sql"] =
        "CREATE TABLE t\(number) (x int);\nINSERT INTO t VALUES (\(number));\n"
    }
    try await apply(files, expecting: count)
  }

  @Test(
    "expressions that are nested deeper than any parser goes are refused where they stand, before anything runs"
  )
  func deepNesting() async throws {
    let server = try await ChaosServer.start()
    let nested = String(repeating: "(", count: 20_000) + "1" + String(repeating: ")", count: 20_000)
    let directory = try ProjectDirectory(["001_a.sql": "CREATE TABLE t (x int);\nSELECT \(nested);\n"])
    let end = try await RunningProgram(
      ["apply", "--yes", "--project", directory.path, "--database", server.address("postgres")]
    ).wait()
    #expect(end.status == 2, "\(end)")
    #expect(end.errors.contains("001_a.sql:2:"))
    let left = try await server.query("SELECT to_regclass('t') IS NULL AS is_gone")
    #expect(left.rows.first?["is_gone"] == "t")
    try await server.cluster.stop()
  }
}
