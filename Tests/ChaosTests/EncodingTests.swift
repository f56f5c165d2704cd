import Postgres
import Sandbox
import Testing

@Suite("Databases and names of any encoding", .serialized)
struct EncodingTests {
  private static let files = [
    "001_a.sql": """
    -- Größe → 界
    CREATE TABLE "Größe" (x int);
    COMMENT ON TABLE "Größe" IS 'naïve';
    DO $$ BEGIN RAISE NOTICE E'\\x1b[31mred\\x1b[0m\\r\\nline'; END $$;

    """,
    "002_b.sql": "CREATE TABLE b (x int);\nSELECT 'Größe' AS \"Größe\";\n",
  ]

  @Test(
    "migrations run, status reads them, and nothing reaches the terminal raw",
    arguments: ["SQL_ASCII", "LATIN1", "UTF8"])
  func run(encoding: String) async throws {
    let server = try await ChaosServer.start()
    try await server.query("CREATE DATABASE d ENCODING '\(encoding)' LOCALE 'C' TEMPLATE template0")
    let directory = try ProjectDirectory(Self.files)
    let target = ["--project", directory.path, "--database", server.address("d")]
    let end = try await RunningProgram(["apply", "--yes"] + target).wait()
    #expect(end.status == 0, "\(end.output)\n\(end.errors)")
    for text in [end.output, end.errors] {
      #expect(!text.contains("\u{1B}"))
      #expect(!text.contains("\r"))
    }
    let status = try await RunningProgram(["status"] + target).wait()
    #expect(status.output.contains("2 applied"), "\(status.output)\n\(status.errors)")
    try await server.cluster.stop()
  }

  @Test("a name that is no UTF-8 is refused, with what to do, before anything runs")
  func noUTF8() async throws {
    let server = try await ChaosServer.start()
    try await server.query("CREATE DATABASE d ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    try await server.query(
      "DO $$ BEGIN EXECUTE 'CREATE TABLE \"bad' || chr(233) || '\" (x int)'; END $$", in: "d")
    let directory = try ProjectDirectory(Self.files)
    let end = try await RunningProgram(
      ["apply", "--yes", "--project", directory.path, "--database", server.address("d")]
    ).wait()
    #expect(end.status == 1)
    #expect(end.errors.contains("no UTF-8"), "\(end.errors)")
    let doctor = try await RunningProgram(["doctor", "--database", server.address("d")]).wait()
    #expect(doctor.output.contains("the name of a relation `public.bad\\351`"), "\(doctor)")
    let left = try await server.query("SELECT to_regnamespace('signalbox') IS NULL AS is_clean", in: "d")
    #expect(left.rows.first?["is_clean"] == "t")
    try await server.cluster.stop()
  }

  @Test("a character that the database cannot hold fails its migration, which leaves nothing")
  func unrepresentable() async throws {
    let server = try await ChaosServer.start()
    try await server.query("CREATE DATABASE d ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    let directory = try ProjectDirectory(["001_a.sql": "CREATE TABLE a (x int);\nSELECT '界';\n"])
    let target = ["--project", directory.path, "--database", server.address("d")]
    let end = try await RunningProgram(["apply", "--yes"] + target).wait()
    #expect(end.status == 1)
    #expect(end.output.contains("22P05"), "\(end.output)\n\(end.errors)")
    let status = try await RunningProgram(["status"] + target).wait()
    #expect(status.output.contains("1 pending"), "\(status.output)\n\(status.errors)")
    try await server.cluster.stop()
  }
}
