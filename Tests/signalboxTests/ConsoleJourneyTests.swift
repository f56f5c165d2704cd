import Glibc
import Testing

/// The console in a real terminal: tmux runs it, presses keys and reads the screen.
@Suite(
  "The console in a terminal", .serialized,
  .enabled(if: access("/usr/bin/tmux", X_OK) == 0, "tmux is installed by `make test`"))
struct ConsoleJourneyTests {
  @Test("from an untouched Helix to a green verification", .timeLimit(.minutes(15)))
  func wholeJourney() async throws {
    try await HelixDatabase.with { helix in
      let terminal = try await TmuxTerminal.start(
        [Program.path, "console", "--project", HelixDatabase.project, "--database", helix.address])
      try await terminal.waitFor("65 applied · 5 pending · 3 skipped")
      try await terminal.press("A")
      try await terminal.waitFor("Adopt 65 migrations?")
      try await terminal.press("y")
      try await terminal.waitUntil { _ in
        try await helix.value("SELECT to_regclass('signalbox.migration') IS NOT NULL") == "t"
      }
      try await terminal.waitFor("65 migrations recorded as applied")
      // Everything that is pending, step by step: the first statements one by one, then on to the end.
      try await terminal.press("*", "s")
      try await terminal.waitFor("Step through 5 migrations?")
      try await terminal.press("y")
      try await terminal.waitFor("statement 1 of 41 · in transaction · waiting")
      try await terminal.press("n")
      try await terminal.waitFor("statement 2 of 41 · in transaction · waiting")
      try await terminal.press("f")
      try await terminal.waitFor("statement 1 of 23 · in transaction · waiting")
      try await terminal.press("c")
      try await terminal.waitFor("5 of 5 migrations applied")
      try await terminal.press("Escape")
      try await terminal.waitUntil {
        $0.contains("70 applied · 3 skipped") && !$0.contains("5 of 5 migrations applied")
      }
      try await terminal.press("q")
      try await terminal.waitForEnd(status: 0)
      #expect(try await helix.value("SELECT count(*) FROM signalbox.migration") == "70")
    }
  }

  @Test("aborting a run rolls it back, and quitting during a run asks", .timeLimit(.minutes(15)))
  func abort() async throws {
    try await HelixDatabase.with { helix in
      let terminal = try await TmuxTerminal.start(
        [Program.path, "console", "--project", HelixDatabase.project, "--database", helix.address])
      try await terminal.waitFor("65 applied · 5 pending · 3 skipped")
      try await terminal.press("*", "s")
      try await terminal.waitFor("Step through 5 migrations?")
      try await terminal.press("y")
      try await terminal.waitFor("statement 1 of 41 · in transaction · waiting")
      try await terminal.press("n")
      try await terminal.waitFor("statement 2 of 41 · in transaction · waiting")
      try await terminal.press("q")
      try await terminal.waitFor("Abort the run and quit?")
      try await terminal.press("Escape")
      // A key right behind Esc would be taken for one with Alt.
      try await terminal.waitUntil { !$0.contains("Abort the run and quit?") }
      try await terminal.press("x")
      try await terminal.waitFor("Abort the run?")
      try await terminal.press("y")
      try await terminal.waitFor("Aborted: 0 of 5 migrations applied")
      try await terminal.press("Escape")
      try await terminal.waitUntil { !$0.contains("Aborted: 0 of 5 migrations applied") }
      try await terminal.press("q")
      try await terminal.waitForEnd(status: 0)
      #expect(
        try await helix.value(
          "SELECT count(*) FROM pg_attribute WHERE attrelid = 'telemetry'::regclass AND attname = 'user_id'")
          == "0")
      #expect(try await helix.value("SELECT outcome FROM signalbox.run") == "aborted")
    }
  }

  @Test(
    "the terminal is as it was after every end", .timeLimit(.minutes(15)),
    arguments: [("TERM", 143), ("SEGV", 139), ("HUP", 129)])
  func restored(signal: String, status: Int) async throws {
    let project = TemporaryProject(["001_a.sql": "SELECT 1;\n"])
    let terminal = try await TmuxTerminal.start(
      [
        Program.path, "console", "--project", project.path, "--database",
        "postgresql://u@/d?host=/nonexistent",
      ],
      environment: ["SWIFT_BACKTRACE": "enable=no"])
    try await terminal.waitFor("001_a")
    try await terminal.kill(signal)
    try await terminal.waitForEnd(status: status)
    try await terminal.expectSaneModes()
  }

  @Test("what is in a database, down to its rows, and the migration behind it", .timeLimit(.minutes(15)))
  func schema() async throws {
    try await HelixDatabase.with { helix in
      let terminal = try await TmuxTerminal.start(
        [Program.path, "console", "--project", HelixDatabase.project, "--database", helix.address])
      try await terminal.waitFor("65 applied · 5 pending · 3 skipped")
      try await terminal.press("2")
      try await terminal.waitFor("Tables public")
      try await terminal.press("/", "heartb")
      try await terminal.waitFor("/heartb")
      try await terminal.press("Enter")
      try await terminal.waitFor("table heartbeats")
      try await terminal.press("d")
      try await terminal.waitFor("CREATE TABLE public.heartbeats (")
      try await terminal.press("Escape")
      try await terminal.waitUntil { !$0.contains("CREATE TABLE public.heartbeats (") }
      try await terminal.press("v")
      try await terminal.waitFor("There are no rows that this role can see.")
      try await terminal.press("Escape")
      try await terminal.waitUntil { !$0.contains("There are no rows that this role can see.") }
      try await terminal.press("m")
      try await terminal.waitUntil { $0.contains("[1 Rollout]") && $0.contains("▶● 002_telemetry_tables") }
      try await terminal.press("[")
      try await terminal.waitUntil { $0.contains("[2 Schema]") && $0.contains("table heartbeats") }
      try await terminal.press("q")
      try await terminal.waitForEnd(status: 0)
    }
  }

  @Test("who can do what, why, and by doing", .timeLimit(.minutes(15)))
  func access() async throws {
    try await HelixDatabase.with { helix in
      let terminal = try await TmuxTerminal.start(
        [Program.path, "console", "--project", HelixDatabase.project, "--database", helix.address])
      try await terminal.waitFor("65 applied · 5 pending · 3 skipped")
      try await terminal.press("3")
      try await terminal.waitFor("Who can do what")
      try await terminal.press("/", "heartb")
      try await terminal.waitFor("/heartb")
      try await terminal.press("Enter")
      try await terminal.waitFor("anon: SELECT")
      try await terminal.press("p")
      try await terminal.waitFor("Probe heartbeats on")
      try await terminal.press("y")
      try await terminal.waitFor("all of it was rolled back")
      try await terminal.press("Right")
      try await terminal.waitFor("anon: INSERT")
      try await terminal.press("d")
      try await terminal.waitUntil { $0.contains("[2 Schema]") && $0.contains("table heartbeats") }
      try await terminal.press("[")
      try await terminal.waitUntil { $0.contains("[3 Access]") && $0.contains("anon: INSERT") }
      try await terminal.press("q")
      try await terminal.waitForEnd(status: 0)
      #expect(try await helix.value("SELECT count(*) FROM heartbeats") == "0")
    }
  }

  @Test("a terminal that is resized keeps its screen whole", .timeLimit(.minutes(15)))
  func resize() async throws {
    let project = TemporaryProject(["001_a.sql": "SELECT 1;\n"])
    let terminal = try await TmuxTerminal.start(
      [
        Program.path, "console", "--project", project.path, "--database",
        "postgresql://u@/d?host=/nonexistent",
      ])
    try await terminal.waitFor("001_a")
    try await terminal.resize(columns: 80, rows: 24)
    try await terminal.waitUntil {
      $0.split(separator: "\n").contains { $0.hasSuffix("╮") && $0.count == 80 }
    }
    try await terminal.resize(columns: 20, rows: 5)
    try await terminal.waitUntil { !$0.contains("001_a") }
    try await terminal.resize(columns: 200, rows: 60)
    try await terminal.waitFor("001_a")
    try await terminal.press("q")
    try await terminal.waitForEnd(status: 0)
  }

  @Test("the demo stops its server and removes its directory", .timeLimit(.minutes(15)))
  func demo() async throws {
    let directory = TemporaryProject()
    let terminal = try await TmuxTerminal.start(
      [Program.path, "demo"],
      environment: ["SIGNALBOX_SAMPLES": HelixDatabase.repository + "/migrations", "TMPDIR": directory.path])
    try await terminal.waitFor("65 applied · 5 pending · 3 skipped")
    try await terminal.press("q")
    try await terminal.waitForEnd(status: 0)
    try await terminal.waitUntil { _ in system("[ -z \"$(ls -A '\(directory.path)')\" ]") == 0 }
  }
}
