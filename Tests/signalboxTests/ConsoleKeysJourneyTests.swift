import Glibc
import Testing

/// Keys of the whole console in a real terminal: screens, typed commands, files that change, clicks.
@Suite(
  "The console's keys in a terminal", .serialized,
  .enabled(if: access("/usr/bin/tmux", X_OK) == 0, "tmux is installed by `make test`"))
struct ConsoleKeysJourneyTests {
  @Test("screens, places, the palette and typed commands", .timeLimit(.minutes(15)))
  func keys() async throws {
    try await HelixDatabase.with { helix in
      let terminal = try await TmuxTerminal.start(
        [Program.path, "console", "--project", HelixDatabase.project, "--database", helix.address])
      try await terminal.waitFor("65 applied · 5 pending · 3 skipped")
      try await terminal.press("4")
      try await terminal.waitFor("Findings by severity")
      try await terminal.press("c")
      try await terminal.waitFor("everything checked again: 0 better, 0 worse than before")
      try await terminal.press("m")
      try await terminal.waitFor("[1 Rollout]")
      try await terminal.press("[")
      try await terminal.waitFor("[4 Verify]")
      try await terminal.press("C-p")
      try await terminal.waitFor("╭ Commands")
      try await terminal.press("s", "o", "r", "t")
      try await terminal.waitFor("Puts the findings together")
      try await terminal.press("Enter")
      try await terminal.waitFor("Findings by code")
      try await terminal.press(":")
      try await terminal.waitFor("Chooses what is named and shows what would run.")
      try await terminal.press("p", "l", "a", "n", "Space", "0", "7", "0", "Enter")
      try await terminal.waitFor("╭ Plan")
      try await terminal.press("Escape")
      try await terminal.waitUntil { !$0.contains("╭ Plan") }
      try await terminal.press(":")
      try await terminal.waitFor("Chooses what is named and shows what would run.")
      try await terminal.press("q", "Enter")
      try await terminal.waitForEnd(status: 0)
    }
  }

  @Test("a file that changes on disk is read again, without a key", .timeLimit(.minutes(15)))
  func reload() async throws {
    let project = TemporaryProject(["001_a.sql": "SELECT 1;\n"])
    let terminal = try await TmuxTerminal.start(
      [
        Program.path, "console", "--project", project.path, "--database",
        "postgresql://u@/d?host=/nonexistent",
      ])
    try await terminal.waitFor("001_a")
    try await terminal.waitFor("no connection")
    project.write("002_b.sql", Array("SELECT 2;\n".utf8))
    try await terminal.waitFor("002_b")
    try await terminal.press("q")
    try await terminal.waitForEnd(status: 0)
  }

  @Test("the mouse is asked for, used and given back", .timeLimit(.minutes(15)))
  func mouse() async throws {
    let project = TemporaryProject(["001_a.sql": "SELECT 1;\n", "002_b.sql": "SELECT 2;\n"])
    let terminal = try await TmuxTerminal.start(
      [
        Program.path, "console", "--project", project.path, "--database",
        "postgresql://u@/d?host=/nonexistent",
      ])
    try await terminal.waitFor("002_b")
    try await terminal.waitFor("no connection")
    #expect(try await terminal.reportsMouse() == false)
    try await terminal.press(":")
    try await terminal.waitFor("Chooses what is named")
    try await terminal.press("s", "e", "t", "Space", "m", "o", "u", "s", "e", "Enter")
    try await terminal.waitFor("clicks and the wheel work here")
    try await terminal.waitUntil { _ in try await terminal.reportsMouse() }
    try await terminal.press("q")
    try await terminal.waitForEnd(status: 0) {
      let reports = try await terminal.reportsMouse()
      #expect(!reports)
    }
    try await terminal.expectSaneModes()
  }
}
