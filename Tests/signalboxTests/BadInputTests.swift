import Glibc
import Postgres
import Sandbox
import TestServer
import Testing

@Suite("Bad input gets a clear message and the documented exit status")
struct BadInputTests {
  private static let good = ["001_a.sql": "CREATE TABLE a (x int);\n"]

  @Test("a directory that is not there")
  func noDirectory() async throws {
    let result = try await Program.run("plan", "--project", "/nonexistent/project")
    #expect(result.status == 2)
    #expect(result.errors.contains("/nonexistent/project"))
  }

  @Test("a directory without migrations")
  func noMigrations() async throws {
    let project = TemporaryProject(["notes.txt": "nothing"])
    let result = try await Program.run("graph", "--project", project.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("no migrations"))
  }

  @Test("a project file that is no TOML is shown with line and column")
  func invalidTOML() async throws {
    let project = TemporaryProject(Self.good)
    project.write("signalbox.toml", Array("name = \"x\"\nplatform = = 3\n".utf8))
    let result = try await Program.run("graph", "--project", project.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("signalbox.toml:2:12"))
  }

  @Test("an unknown key is shown with its place and its nearest neighbour")
  func unknownKey() async throws {
    let project = TemporaryProject(Self.good)
    project.write("signalbox.toml", Array("name = \"x\"\nplatfrom = \"none\"\n".utf8))
    let result = try await Program.run("graph", "--project", project.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("signalbox.toml:2:1"))
    #expect(result.errors.contains("platfrom"))
    #expect(result.errors.contains("platform"))
  }

  @Test("a requirement that does not exist")
  func missingRequirement() async throws {
    let project = TemporaryProject(["001_a.sql": "-- requires: 000_zero\nSELECT 1;\n"])
    let result = try await Program.run("graph", "--project", project.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("001_a.sql:1"))
    #expect(result.errors.contains("000_zero"))
  }

  @Test("a cycle of requirements is shown as a path")
  func cycle() async throws {
    let project = TemporaryProject([
      "001_a.sql": "-- requires: 002_b\nSELECT 1;\n", "002_b.sql": "-- requires: 001_a\nSELECT 1;\n",
    ])
    let result = try await Program.run("graph", "--project", project.path)
    #expect(result.status == 2)
    #expect(
      result.errors.contains("001_a → 002_b → 001_a") || result.errors.contains("002_b → 001_a → 002_b"))
  }

  @Test("two files with one id")
  func duplicateID() async throws {
    let project = TemporaryProject([
      "001_a.sql": "SELECT 1;\n", "_applied/001_a.sql": "SELECT 1;\n",
    ])
    let result = try await Program.run("graph", "--project", project.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("001_a"))
    #expect(result.errors.contains("_applied/001_a.sql"))
  }

  @Test(
    "a file that cannot be read",
    arguments: [
      ("latin1", [UInt8](arrayLiteral: 0x53, 0xE9, 0x0A), "UTF-8"),
      ("nul", [UInt8](arrayLiteral: 0x53, 0x00, 0x0A), "NUL"),
    ])
  func encoding(name: String, bytes: [UInt8], word: String) async throws {
    let project = TemporaryProject()
    project.write("001_\(name).sql", bytes)
    let result = try await Program.run("graph", "--project", project.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("001_\(name).sql:1:2"))
    #expect(result.errors.contains(word))
  }

  @Test("a directory named like a migration")
  func directoryAsFile() async throws {
    let project = TemporaryProject(["001_a.sql": "SELECT 1;\n", "002_b.sql/inside.txt": "x"])
    let result = try await Program.run("graph", "--project", project.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("002_b.sql"))
    #expect(result.errors.contains("directory"))
  }

  @Test("a dangling link")
  func danglingLink() async throws {
    let project = TemporaryProject(Self.good)
    symlink("/nonexistent/file.sql", "\(project.path)/002_b.sql")
    let result = try await Program.run("graph", "--project", project.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("002_b.sql"))
  }

  @Test("a syntax error is shown with its place and a caret")
  func syntaxError() async throws {
    let project = TemporaryProject(["001_a.sql": "SELECT 1;\nCREATE TABEL t (x int);\n"])
    let result = try await Program.run("graph", "--project", project.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("001_a.sql:2:8"))
    #expect(result.errors.contains("CREATE TABEL t (x int);"))
    #expect(result.errors.contains("         ^"))
  }

  @Test("no server")
  func noServer() async throws {
    let project = TemporaryProject(Self.good)
    let result = try await Program.run(
      "status", "--project", project.path, "--database", "postgresql://u@/d?host=/nonexistent")
    #expect(result.status == 3)
    #expect(result.errors.contains("\n  server: u@/nonexistent/.s.PGSQL."))
  }

  @Test("an unknown host")
  func unknownHost() async throws {
    let project = TemporaryProject(Self.good)
    let result = try await Program.run(
      "status", "--project", project.path, "--database", "postgresql://u@no-such-host.invalid/d")
    #expect(result.status == 3)
    #expect(result.errors.contains("no-such-host.invalid"))
  }

  @Test("a wrong password, which is never repeated")
  func wrongPassword() async throws {
    let project = TemporaryProject(Self.good)
    let cluster = try await Cluster.start()
    let administrator = try await Connection.connect(
      ConnectionConfiguration(parameters: cluster.connectionParameters()))
    try await administrator.execute(
      """
      SET password_encryption = 'scram-sha-256';
      CREATE ROLE careful LOGIN PASSWORD 'right';
      """)
    let file = try await administrator.query("SHOW hba_file").rows[0].text("hba_file")
    try await administrator.execute(
      """
      COPY (VALUES ('local all careful scram-sha-256'), ('local all all trust')) TO '\(file)';
      SELECT pg_reload_conf();
      """)
    let address =
      "host=\(cluster.directory) port=\(Cluster.port) dbname=postgres user=careful password=topsecret"
    // The server reads the file when it gets to it: until then it asks for no password.
    var result = try await Program.run("status", "--project", project.path, "--database", address)
    while result.status == 0 {
      result = try await Program.run("status", "--project", project.path, "--database", address)
    }
    #expect(result.status == 3)
    #expect(result.errors.contains("careful"))
    #expect(result.errors.contains("percent-encoded"))
    #expect(!result.errors.contains("topsecret"))
    await administrator.close()
    try await cluster.stop()
  }

  @Test("a database that is not there")
  func noDatabase() async throws {
    let project = TemporaryProject(Self.good)
    let configuration = try await TestServer.configuration()
    let address = configuration.parameters.filter { $0.key != "dbname" }
      .map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    let result = try await Program.run(
      "status", "--project", project.path, "--database", "\(address) dbname=nowhere")
    #expect(result.status == 3)
    #expect(result.errors.contains("nowhere"))
  }

  @Test("a word that is neither a URL nor a target")
  func noTarget() async throws {
    let project = TemporaryProject(Self.good)
    let result = try await Program.run("status", "--project", project.path, "--database", "staging")
    #expect(result.status == 2)
    #expect(result.errors.contains("staging"))
  }

  @Test("an option that does not exist")
  func unknownOption() async throws {
    let result = try await Program.run("status", "--nonsense")
    #expect(result.status == 2)
    #expect(result.errors.contains("--nonsense"))
  }

  @Test("the console without a terminal points to the commands")
  func noTerminal() async throws {
    let project = TemporaryProject(Self.good)
    let result = try await Program.run("console", "--project", project.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("terminal"))
    #expect(result.errors.contains("signalbox status"))
  }
}
