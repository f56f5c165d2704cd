import Glibc
import Postgres
import Sandbox
import Testing

@Suite("A terminal that is stopped", .serialized)
struct StoppedTerminalTests {
  private static let count = 150

  /// Migrations that say more than any terminal takes unread.
  private static func files() -> [String: String] {
    var files: [String: String] = [:]
    for number in 1...count {
      files["\(1_000 + number)_step.sql"] = """
        DO $$ BEGIN RAISE NOTICE '%', repeat('said by \(number) ', 80); END $$;
        CREATE TABLE t\(number) (x int);

        """
    }
    return files
  }

  private static let allApplied = """
    to_regclass('signalbox.migration') IS NOT NULL AND coalesce((xpath('/row/c/text()', query_to_xml(
      'SELECT count(*) AS c FROM signalbox.migration WHERE state = ''applied''', true, true, '')))[1]::text, '0') = '\(count)'
    """

  @Test("does not stop a run of the command: all is applied while nobody reads")
  func command() async throws {
    let server = try await ChaosServer.start()
    let directory = try ProjectDirectory(Self.files())
    let terminal = try PseudoTerminal([
      "apply", "--yes", "--project", directory.path, "--database", server.address("postgres"),
    ])
    terminal.setReading(false)
    try await server.waitUntil(Self.allApplied)
    #expect(!terminal.isOver)
    terminal.setReading(true)
    #expect(try await terminal.wait() == 0)
    #expect(terminal.written.contains("Done."))
    try await server.cluster.stop()
  }

  @Test("does not stop a run of the console, which shows how it ended when it goes on")
  func console() async throws {
    let server = try await ChaosServer.start()
    let directory = try ProjectDirectory(Self.files())
    let terminal = try PseudoTerminal([
      "console", "--project", directory.path, "--database", server.address("postgres"),
    ])
    try await terminal.waitFor("\(Self.count) pending")
    try terminal.type(Array("*a".utf8))
    try await terminal.waitFor("Apply \(Self.count) migrations?")
    terminal.setReading(false)
    try terminal.type(Array("y".utf8))
    try await server.waitUntil(Self.allApplied)
    terminal.setReading(true)
    try await terminal.waitFor("\(Self.count) of \(Self.count) migrations applied")
    try terminal.type([0x1B])
    try await terminal.waitUntilRead()
    terminal.signal(SIGTERM)
    #expect(try await terminal.wait() == 128 + SIGTERM)
    #expect(terminal.hasItsModes)
    try await server.cluster.stop()
  }

  @Test("a program that is stopped in the middle of a run goes on where it was")
  func stoppedProgram() async throws {
    let server = try await ChaosServer.start()
    let directory = try ProjectDirectory(Self.files())
    let program = try RunningProgram(
      ["apply", "--yes", "--json", "--project", directory.path, "--database", server.address("postgres")],
      watching: "1020_step")
    try await program.says()
    for _ in 0..<5 {
      program.signal(SIGSTOP)
      try await Task.sleep(for: .milliseconds(300))
      program.signal(SIGCONT)
      try await Task.sleep(for: .milliseconds(20))
    }
    let end = try await program.wait()
    #expect(end.status == 0, "\(end.errors)")
    try await server.waitUntil(Self.allApplied)
    try await server.cluster.stop()
  }
}
