import Glibc
import Postgres
import Sandbox
import Testing

/// `SIGNALBOX_TERMINAL_KEYS` sets how many keys, `SIGNALBOX_CHAOS_SEED` which.
@Suite("A terminal in which somebody presses everything", .serialized)
struct RandomTerminalTests {
  private static let keys = ChaosSettings.number("SIGNALBOX_TERMINAL_KEYS") ?? 1_500

  private static let files = [
    "001_a.sql":
      "CREATE TABLE a (x int, y text);\nINSERT INTO a SELECT g, g::text FROM generate_series(1, 100) g;\n",
    "002_b.sql": "CREATE INDEX CONCURRENTLY a_x ON a (x);\n",
    "003_c.sql": "CREATE VIEW v AS SELECT x FROM a;\nALTER TABLE a ENABLE ROW LEVEL SECURITY;\n",
    "004_d.sql": "SELECT pg_sleep(0.5);\nSELECT nothing FROM nowhere;\n",
    "005_e.sql": "DO $$ BEGIN RAISE NOTICE 'one \u{1B}[31m two'; END $$;\nCREATE TABLE e (\"é漢\" int);\n",
  ]

  @Test(
    "with random keys, clicks and sizes, the console neither crashes nor hangs, and leaves the terminal whole"
  )
  func randomKeys() async throws {
    let server = try await ChaosServer.start()
    let directory = try ProjectDirectory(Self.files)
    var dice = Dice(seed: ChaosSettings().seed)
    var pressed = 0
    var sessions = 0
    var resized = 0
    while pressed < Self.keys {
      let terminal = try PseudoTerminal([
        "console", "--project", directory.path, "--database", server.address("postgres"),
      ])
      sessions += 1
      try await terminal.waitUntilTaken()
      while !terminal.isOver, pressed < Self.keys {
        for _ in 0..<25 {
          try terminal.type(RandomKeys.next(&dice))
          pressed += 1
        }
        if dice.below(4) == 0 {
          terminal.resize(columns: 1 + dice.below(dice.below(2) == 0 ? 300 : 60), rows: 1 + dice.below(80))
          resized += 1
        }
        if dice.below(40) == 0 { terminal.signal(SIGCONT) }
        try await terminal.waitUntilRead()
      }
      let status = try await leave(terminal)
      #expect(status == 0, "\(terminal.lastWords.suffix(600))")
      #expect(terminal.hasItsModes)
      #expect(terminal.hasItsScreen, "\(terminal.lastWords.suffix(200).debugDescription)")
      if status != 0 { break }
    }
    print("random keys: \(pressed) in \(sessions) sessions, \(resized) sizes; seed \(ChaosSettings().seed)")
    try await server.cluster.stop()
  }

  /// Ends the console as a terminal does that is closed in good order.
  private func leave(_ terminal: PseudoTerminal) async throws -> Int32 {
    if !terminal.isOver { terminal.signal(SIGTERM) }
    let status = try await terminal.wait()
    // Asked to end, it ends itself by the signal, when the terminal is as it was.
    return status == 128 + SIGTERM ? 0 : status
  }
}
