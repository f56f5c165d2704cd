import Glibc
import Testing

/// A console that nobody touches, connected to a database.
@Suite(
  "An idle console", .serialized,
  .enabled(if: access("/usr/bin/tmux", X_OK) == 0, "tmux is installed by `make test`"))
struct IdleConsoleTests {
  @Test("is never woken: in three seconds no thread of it runs", .timeLimit(.minutes(15)))
  func noWakeUps() async throws {
    try await HelixDatabase.with { helix in
      let terminal = try await TmuxTerminal.start(
        [Program.path, "console", "--project", HelixDatabase.project, "--database", helix.address])
      try await terminal.waitFor("65 applied · 5 pending · 3 skipped")
      let process = try #require(Self.program(below: try await terminal.shell()))
      // What loading has left to do may take its time; after it there must be nothing.
      try await terminal.waitUntil { _ in
        let before = try Self.wakeUps(of: process)
        try await Task.sleep(for: .seconds(3))
        return try Self.wakeUps(of: process) == before
      }
      try await terminal.press("q")
      try await terminal.waitForEnd(status: 0)
    }
  }

  /// The program that a shell has started, maybe by another shell.
  private static func program(below shell: String) -> String? {
    for process in entries(of: "/proc") {
      let status = contents("/proc/\(process)/status").split(separator: "\n")
      guard status.contains("PPid:\t\(shell)") else { continue }
      return status.first == "Name:\tsignalbox" ? process : program(below: process)
    }
    return nil
  }

  /// How often its threads have begun to wait, each for itself.
  private static func wakeUps(of process: String) throws -> [String: String] {
    var counts: [String: String] = [:]
    for thread in entries(of: "/proc/\(process)/task") {
      let lines = contents("/proc/\(process)/task/\(thread)/status").split(separator: "\n")
      counts[thread] = try String(#require(lines.first { $0.hasPrefix("voluntary_ctxt_switches") }))
    }
    return counts
  }

  private static func entries(of directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  private static func contents(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
