import Glibc
import Testing

@testable import Sandbox

@Suite("a named sandbox")
struct NamedSandboxTests {
  @Test("is started once, found again, and stopped by another command")
  func lifeCycle() async throws {
    let home = try TemporaryDirectory()
    let environment = environment(home: home)
    let sandbox = try NamedSandbox("work", environment: environment)
    #expect(sandbox.status() == .absent)

    let (started, alreadyRunning) = try await sandbox.start(now: 1_700_000_000)
    #expect(!alreadyRunning)
    #expect(started.startedAt == 1_700_000_000)

    let other = try NamedSandbox("work", environment: environment)
    #expect(other.status() == .running(started))
    let again = try await other.start(now: 1_800_000_000)
    #expect(again.alreadyRunning)
    #expect(again.sandbox == started)
    #expect(started.connectionParameters(database: "x")["host"] == started.directory)

    #expect(try await other.stop())
    #expect(sandbox.status() == .absent)
    #expect(!Files.exists(started.directory))
    #expect(try await other.stop() == false)
  }

  @Test("a dead one is told apart, and cleared away by the next start")
  func deadServer() async throws {
    let home = try TemporaryDirectory()
    let sandbox = try NamedSandbox("work", environment: environment(home: home))
    let (first, _) = try await sandbox.start(now: 1)
    let server = try #require(
      Files.text(of: "\(first.directory)/data/postmaster.pid")?.split(separator: "\n").first
        .flatMap { pid_t($0) })
    #expect(kill(server, SIGKILL) == 0)
    try await waitUntil { sandbox.status() == .dead(directory: first.directory) }

    let (second, alreadyRunning) = try await sandbox.start(now: 2)
    #expect(!alreadyRunning)
    #expect(second.directory != first.directory)
    #expect(!Files.exists(first.directory))
    #expect(try await sandbox.stop())
  }

  @Test(
    "a name that could leave the state directory is refused", arguments: ["", "../x", "a b", "é", "a/b", "."])
  func names(name: String) {
    let error = #expect(throws: SandboxError.self) { try NamedSandbox(name, environment: ["HOME": "/tmp"]) }
    #expect(error?.code == .invalidName)
  }

  @Test("without a home there is nowhere to keep the state, and the error says so")
  func noHome() {
    let error = #expect(throws: SandboxError.self) {
      try NamedSandbox(environment: ["XDG_STATE_HOME": "relative"])
    }
    #expect(error?.message.contains("XDG_STATE_HOME") == true)
  }

  @Test("its connection string survives characters that a URL does not allow")
  func connectionString() {
    let running = NamedSandbox.Running(directory: "/tmp/a b%é", version: "15", startedAt: 0)
    #expect(
      running.connectionString(database: "helix")
        == "postgresql://postgres@/helix?host=%2Ftmp%2Fa%20b%25%C3%A9")
  }

  @Test("state that was written is read back, and a broken file is not state")
  func state() {
    let state = SandboxState(directory: "/tmp/x=y", binaries: "/b", version: "15.18", startedAt: 12)
    #expect(SandboxState(text: state.text) == state)
    #expect(SandboxState(text: "directory=/tmp/x\n") == nil)
    #expect(SandboxState(text: "nonsense") == nil)
  }

  private func environment(home: TemporaryDirectory) -> [String: String] {
    var environment = processEnvironment()
    environment["XDG_STATE_HOME"] = home.path
    return environment
  }
}
