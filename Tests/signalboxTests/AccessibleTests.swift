import Glibc
import Testing

/// The console in plain lines, as a screen reader's user has it: a dumb terminal, and nothing else.
@Suite(
  "The console in plain lines", .serialized,
  .enabled(if: access("/usr/bin/tmux", X_OK) == 0, "tmux is installed by `make test`"))
struct AccessibleTests {
  @Test("from an untouched Helix to a green verification on a dumb terminal", .timeLimit(.minutes(15)))
  func wholeJourney() async throws {
    try await HelixDatabase.with { helix in
      let terminal = try await TmuxTerminal.start(
        [Program.path, "console", "--project", HelixDatabase.project, "--database", helix.address],
        environment: ["TERM": "dumb"])
      try await terminal.waitFor("Migrations: 65 applied, 5 pending, 3 skipped")
      try await terminal.press("adopt", "Enter")
      try await terminal.waitFor("067_recreate_all_triggers")
      try await terminal.press("yes", "Enter")
      try await terminal.waitFor("65 migrations recorded as applied")
      try await terminal.press("status", "Enter")
      try await terminal.waitFor("1. 070_user_equals_instance, pending, 0 of 32 objects found")
      try await terminal.press("3", "Enter")
      try await terminal.waitFor("Coming along because they are needed")
      try await terminal.press("step", "Enter")
      try await terminal.waitFor("Step through 3 migrations?")
      try await terminal.press("yes", "Enter")
      try await terminal.waitFor("Waiting before statement 1 of 41")
      try await terminal.press("next", "Enter")
      try await terminal.waitFor("Waiting before statement 2 of 41")
      try await terminal.press("continue", "Enter")
      try await terminal.waitFor("ok 3 of 3 migrations applied")
      try await terminal.press("apply", "Space", "pending", "Enter")
      try await terminal.waitFor("Apply 2 migrations?")
      try await terminal.press("yes", "Enter")
      try await terminal.waitFor("ok 2 of 2 migrations applied")
      try await terminal.waitFor("Migrations: 70 applied, 3 skipped")
      try await terminal.press("access", "Space", "telemetry", "Enter")
      try await terminal.waitFor("authenticated, SELECT: own rows")
      let plain = try await terminal.screen()
      #expect(!plain.contains("│") && !plain.contains("●"))
      try await terminal.press("quit", "Enter")
      try await terminal.waitForEnd(status: 0)
      #expect(try await helix.value("SELECT count(*) FROM signalbox.migration") == "70")
      let verification = try await helix.run("verify")
      #expect(verification.status == 0, "\(verification.output)")
    }
  }

  @Test("lines can come from a file, and the end of them ends the session", .timeLimit(.minutes(15)))
  func pipe() async throws {
    let project = TemporaryProject(["001_a.sql": "SELECT 1;\n", "002_b.sql": "SELECT 2;\n"])
    let result = try await Program.run(
      path: "/bin/sh",
      [
        "-c",
        "printf 'help\\nlist\\n' | '\(Program.path)' console --accessible --project '\(project.path)' "
          + "--database 'postgresql://u@/d?host=/nonexistent'",
      ])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("status: says where the migrations stand"))
    #expect(result.output.contains("error: "))
    #expect(!result.output.contains("\u{1B}"))
  }

  @Test("--accessible excludes what needs a screen")
  func exclusions() async throws {
    for option in ["--script", "--record"] {
      let result = try await Program.run("console", "--accessible", option, "/tmp/none")
      #expect(result.status == 2)
    }
  }
}
