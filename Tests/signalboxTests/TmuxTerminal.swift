import Glibc
import Testing

/// What a test waited for never came on the screen.
struct NeverSeen: Error {
  var screen: String
}

/// A real terminal: a tmux server of its own with one window in which a program runs.
struct TmuxTerminal: Sendable {
  private let socket: String
  private let files: TemporaryProject

  /// Starts a program in a window of 120 × 36.
  static func start(_ command: [String], environment: [String: String] = [:]) async throws -> TmuxTerminal {
    let files = TemporaryProject()
    let terminal = TmuxTerminal(
      socket: "signalbox-\(getpid())-\(UInt32.random(in: 0...UInt32.max))", files: files)
    let quoted = command.map { "'\($0)'" }.joined(separator: " ")
    let settings = environment.map { "export \($0.key)='\($0.value)'; " }.joined()
    // The status and the modes before and after are left in files; the shell stays, so that its screen can be read.
    let script = """
      stty -a > before; \(settings)\(quoted); echo $? > status; stty -a > after; echo THE END; sleep 600
      """
    files.write("script", Array(script.utf8))
    try await terminal.tmux(
      ["-f", "/dev/null", "new-session", "-d", "-x", "120", "-y", "36", "-c", files.path, "sh ./script"])
    return terminal
  }

  private init(socket: String, files: TemporaryProject) {
    self.socket = socket
    self.files = files
  }

  /// Presses keys, as tmux names them.
  func press(_ keys: String...) async throws {
    for key in keys { try await tmux(["send-keys", key]) }
  }

  /// Changes the window's size.
  func resize(columns: Int, rows: Int) async throws {
    try await tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// Whether the program has asked for the mouse.
  func reportsMouse() async throws -> Bool {
    try await tmux(["display-message", "-p", "#{mouse_any_flag}"]).contains("1")
  }

  /// The process of the shell in which the program runs.
  func shell() async throws -> String {
    try await tmux(["display-message", "-p", "#{pane_pid}"]).filter(\.isNumber)
  }

  /// What is on the screen.
  func screen() async throws -> String { try await tmux(["capture-pane", "-p"]) }

  /// Waits until a text is on the screen.
  func waitFor(_ text: String) async throws { try await waitUntil { $0.contains(text) } }

  /// Waits until something is so, and gives up after three minutes with what is on the screen then.
  func waitUntil(_ condition: (String) async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(180)
    while true {
      let shown = try await screen()
      if try await condition(shown) { return }
      if ContinuousClock.now > deadline { throw NeverSeen(screen: shown) }
      if shown.contains("THE END"), file("status") != nil { throw NeverSeen(screen: shown) }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// Shows what a recording shows, to its last frame.
  static func play(_ recording: String) async throws -> TmuxTerminal {
    try await start(["sh", "-c", "cat \(recording); read line"])
  }

  /// Ends what shows a recording.
  func endPlay() async throws {
    try await press("Enter")
    try await tmux(["kill-server"])
  }

  /// Sends a signal to the program.
  func kill(_ signal: String) async throws {
    let shell = try await tmux(["display-message", "-p", "#{pane_pid}"])
    #expect(system("pkill -\(signal) -P \(shell.filter(\.isNumber))") == 0)
  }

  /// Waits for the program's end and checks its status.
  func waitForEnd(status: Int, afterwards: () async throws -> Void = {}) async throws {
    while file("after") == nil { try await Task.sleep(for: .milliseconds(50)) }
    #expect(file("status") == "\(status)\n")
    if file("status") != nil { try await waitForShell() }
    try await afterwards()
    try await tmux(["kill-server"])
  }

  /// Checks that the terminal's modes are those from before.
  func expectSaneModes() async throws { #expect(file("before") == file("after")) }

  private func waitForShell() async throws {
    while try await !screen().contains("THE END") { try await Task.sleep(for: .milliseconds(50)) }
  }

  private func file(_ name: String) -> String? {
    let text = try? String(contentsOfFile: "\(files.path)/\(name)")
    return text?.isEmpty == true ? nil : text
  }

  @discardableResult
  private func tmux(_ arguments: [String]) async throws -> String {
    let result = try await Program.run(
      path: "/usr/bin/tmux", ["-L", socket] + arguments, environment: ["TERM": "xterm-256color"])
    return result.output
  }
}
