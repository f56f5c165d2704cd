import Glibc
import JSON
import Testing

/// `--record` and `--picture`, as an operator uses them.
@Suite(
  "Recordings and pictures", .serialized,
  .enabled(if: access("/usr/bin/tmux", X_OK) == 0, "tmux is installed by `make test`"))
struct RecordingTests {
  /// A project, and a server that is not there: what is recorded needs none.
  private let project = TemporaryProject(["001_a.sql": "SELECT 1;\n", "002_b.sql": "SELECT 2;\n"])
  private let files = TemporaryProject()
  private let address = "postgresql://u:hunter2hunter2@/d?host=/nonexistent"

  private func lines() throws -> [JSONValue] {
    try String(contentsOfFile: "\(files.path)/cast").split(separator: "\n").map {
      try #require(JSONReader.read(Array($0.utf8)))
    }
  }

  /// Writes what a player would send to its terminal, and returns where.
  private func output() throws -> String {
    var text = ""
    for case .array(let event) in try lines() {
      if event.count == 3, event[1] == "o", case .string(let data) = event[2] { text += data }
    }
    files.write("output", Array(text.utf8))
    return "\(files.path)/output"
  }

  @Test("a session that is killed leaves a recording that shows its last screen", .timeLimit(.minutes(15)))
  func killed() async throws {
    let terminal = try await TmuxTerminal.start(
      [
        Program.path, "console", "--project", project.path, "--database", address, "--record",
        "\(files.path)/cast",
      ])
    try await terminal.waitFor("no connection")
    try await terminal.press("Down", "?")
    try await terminal.waitFor("Type to search")
    try await terminal.press("q", "u", "i", "t")
    try await terminal.waitFor("Type to search: quit")
    let last = try await terminal.screen()
    try await terminal.kill("KILL")
    let player = try await TmuxTerminal.play(try output())
    try await player.waitUntil { $0 == last }
    try await player.endPlay()
    guard case .object(let header) = try lines().first else {
      Issue.record("the first line is no header")
      return
    }
    #expect(header.first { $0.name == "version" }?.value == 2)
    #expect(header.first { $0.name == "width" }?.value == 120)
    try await terminal.waitForEnd(status: 137)
  }

  @Test("a script is recorded too, with its sizes and without passwords", .timeLimit(.minutes(15)))
  func script() async throws {
    files.write(
      "script",
      Array(
        "wait no connection\nkeys /\ntype hunter2hunter2 password=geheim99\nsize 100x30\ndump \(files.path)/dump\n"
          .utf8))
    let result = try await Program.run(
      "console", "--project", project.path, "--database", address, "--script", "\(files.path)/script",
      "--record", "\(files.path)/cast")
    #expect(result.status == 0, "\(result.errors)")
    let dump = try String(contentsOfFile: "\(files.path)/dump")
    #expect(dump.contains("hunter2hunter2"), "the operator sees what is typed")
    let cast = try String(contentsOfFile: "\(files.path)/cast")
    #expect(!cast.contains("hunter2"))
    #expect(!cast.contains("geheim99"))
    #expect(try lines().contains { if case .array(let event) = $0 { event.last == "100x30" } else { false } })
  }

  @Test("a file that is there is never replaced", .timeLimit(.minutes(15)))
  func noOverwriting() async throws {
    files.write("cast", Array("precious".utf8))
    files.write("script", Array("keys q\n".utf8))
    let result = try await Program.run(
      "console", "--project", project.path, "--database", address, "--script", "\(files.path)/script",
      "--record", "\(files.path)/cast")
    #expect(result.status == 2)
    #expect(result.errors.contains("cast is there already"))
    #expect(try String(contentsOfFile: "\(files.path)/cast") == "precious")
  }

  @Test("a script draws pictures in sizes and themes, the same ones each time", .timeLimit(.minutes(15)))
  func pictures() async throws {
    files.write("script", Array("wait no connection\nrest\npicture tour 80x24 100x30 light dark\n".utf8))
    func draw() async throws -> [String] {
      let result = try await Program.run(
        [
          "console", "--project", project.path, "--database", address, "--script", "\(files.path)/script",
          "--picture", files.path,
        ], environment: ["SOURCE_DATE_EPOCH": "1794571469"])
      #expect(result.status == 0, "\(result.errors)")
      return try ["light-80x24", "light-100x30", "dark-80x24", "dark-100x30"].map {
        try String(contentsOfFile: "\(files.path)/tour-\($0).svg")
      }
    }
    let first = try await draw()
    #expect(first == (try await draw()))
    #expect(first[0].contains("width=\"661\""))
    #expect(first[0].contains("fill=\"#fbfaf7\""), "the ground of the theme light")
  }

  @Test("a theme that is not there is named with its step", .timeLimit(.minutes(15)))
  func unknownTheme() async throws {
    files.write("script", Array("picture tour 80x24 darkk\n".utf8))
    let result = try await Program.run(
      "console", "--project", project.path, "--database", address, "--script", "\(files.path)/script",
      "--picture", files.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("script:1: there is no theme \"darkk\""))
  }
}
