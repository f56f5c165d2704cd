import Glibc
import Processes
import Synchronization
import Threads

/// A terminal of the kernel's own with a program in it, without anybody who draws: keys go in, bytes come out.
final class PseudoTerminal: Sendable {
  let processIdentifier: pid_t
  private let master: Int32
  /// The program's side, kept open so that its modes can be asked for after the program's end.
  private let slave: Int32
  private let modesBefore: termios
  private let output = Mutex(Output())

  private struct Output {
    var bytes: [UInt8] = []
    var isRead = true
    var hasEnded = false
  }

  /// Starts the program that was built along with the tests, in a terminal of 120 × 36.
  init(_ arguments: [String], environment: [String: String] = [:]) throws {
    // `grantpt` and its like are not imported; these are the kernel's own words for them.
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (lock, number): (Int32, UInt32) = (0, 0)
    guard master >= 0, ioctl(master, 0x4004_5431, &lock) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
      throw ChaosError("no terminal: errno \(errno)")
    }
    let path = "/dev/pts/\(number)"
    slave = open(path, O_RDWR | O_NOCTTY)
    for descriptor in [master, slave] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
    var modes = termios()
    guard slave >= 0, tcgetattr(slave, &modes) == 0 else { throw ChaosError("no terminal: errno \(errno)") }
    modesBefore = modes
    var size = winsize(ws_row: 36, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    processIdentifier = try Self.spawn(arguments, environment, terminal: path)
    try PlainThread.start { [self] in readAll() }
  }

  deinit {
    close(master)
    close(slave)
  }

  /// Types bytes; waits where the program has not read what was typed before.
  ///
  /// - Throws: ``ChaosError`` if the program has taken nothing for two minutes: it hangs.
  func type(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty, !isOver {
      let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
        continue
      }
      var descriptor = pollfd(fd: master, events: Int16(POLLOUT), revents: 0)
      guard poll(&descriptor, 1, 120_000) > 0 else { throw ChaosError("the program takes no keys any more") }
    }
  }

  /// Waits until the program has read everything that was typed, or has ended.
  func waitUntilRead() async throws {
    for _ in 0..<24_000 {
      var unread: Int32 = 0
      _ = ioctl(slave, UInt(FIONREAD), &unread)
      if unread == 0 || isOver { return }
      try await Task.sleep(for: .milliseconds(5))
    }
    throw ChaosError("the program has stopped reading keys: \(lastWords)")
  }

  /// Waits until the program has taken the terminal, or has ended: what is typed before is the terminal's own, and ^\
  /// ends any program then.
  func waitUntilTaken() async throws {
    for _ in 0..<24_000 {
      if isOver || (!hasItsModes && written.contains("\u{1B}[?1049h")) { return }
      try await Task.sleep(for: .milliseconds(5))
    }
    throw ChaosError("the program has not taken the terminal: \(lastWords)")
  }

  /// Changes the terminal's size, of which the kernel tells the program.
  func resize(columns: Int, rows: Int) {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Stops or goes on reading what the program writes, as a terminal does that hangs or is slow.
  func setReading(_ isReading: Bool) { output.withLock { $0.isRead = isReading } }

  /// What the program has written so far.
  var written: String { String(decoding: output.withLock { $0.bytes }, as: UTF8.self) }

  /// The end of what it has written.
  var lastWords: String { String(decoding: output.withLock { Array($0.bytes.suffix(4_000)) }, as: UTF8.self) }

  /// Waits until the program has written a text.
  ///
  /// ncurses writes only what has changed, so the program is asked for the whole
  /// screen again and again.
  func waitFor(_ text: String) async throws {
    for turn in 1...24_000 {
      if written.contains(text) { return }
      if turn % 100 == 0 { try type([0x0C]) }
      if isOver { throw ChaosError("it ended and never wrote \(text): \(lastWords)") }
      try await Task.sleep(for: .milliseconds(5))
    }
    throw ChaosError("it never wrote \(text): \(lastWords)")
  }

  /// Whether the program has ended; one that stopped itself is sent on.
  var hasEnded: Bool { output.withLock { $0.hasEnded } }

  /// Sends it a signal.
  func signal(_ number: Int32) { kill(processIdentifier, number) }

  /// Waits for its end: its exit status, or 128 and the number of the signal that ended it.
  func wait() async throws -> Int32 {
    for _ in 0..<24_000 {
      var status: Int32 = 0
      let ended = waitpid(processIdentifier, &status, WNOHANG)
      if ended == processIdentifier {
        // What is still in the terminal is read before anybody judges it.
        try await Task.sleep(for: .milliseconds(50))
        output.withLock { $0.hasEnded = true }
        return ProcessExit(waitStatus: status).shellStatus
      }
      try await Task.sleep(for: .milliseconds(5))
    }
    signal(SIGKILL)
    throw ChaosError("the program does not end: \(lastWords)")
  }

  /// Whether its process has ended, without waiting for it or taking its status.
  var isOver: Bool {
    var information = siginfo_t()
    guard waitid(P_PID, UInt32(processIdentifier), &information, WEXITED | WNOHANG | WNOWAIT) == 0 else {
      return true
    }
    return information.si_signo == SIGCHLD
  }

  /// Whether the terminal's modes are those from before the program.
  var hasItsModes: Bool {
    var modes = termios()
    guard tcgetattr(slave, &modes) == 0 else { return false }
    return modes.c_iflag == modesBefore.c_iflag && modes.c_oflag == modesBefore.c_oflag
      && modes.c_lflag == modesBefore.c_lflag && modes.c_cflag == modesBefore.c_cflag
  }

  /// Whether the program has left the other screen, shown the cursor and ended the reports of the mouse, as far as it had
  /// begun with them.
  var hasItsScreen: Bool {
    let text = lastWords
    func isLast(_ end: String, after begin: String) -> Bool {
      guard let begun = text.ranges(of: begin).last else { return true }
      return text.ranges(of: end).last.map { $0.lowerBound > begun.lowerBound } ?? false
    }
    return text.contains("\u{1B}[?1049l") && isLast("\u{1B}[?25h", after: "\u{1B}[?25l")
      && isLast("\u{1B}[?1000l", after: "\u{1B}[?1000h")
  }

  private func readAll() {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while !hasEnded {
      guard output.withLock({ $0.isRead }) else {
        usleep(5_000)
        continue
      }
      var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      guard poll(&descriptor, 1, 20) > 0 else { continue }
      let count = read(master, &buffer, buffer.count)
      if count > 0 {
        output.withLock { output in
          output.bytes += buffer[..<count]
          if output.bytes.count > 4_000_000 { output.bytes.removeFirst(3_000_000) }
        }
      }
    }
  }

  private static func spawn(
    _ arguments: [String], _ environment: [String: String], terminal: String
  ) throws -> pid_t {
    var variables = [
      "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
      "EDITOR": "true", "VISUAL": "true", "SWIFT_BACKTRACE": "enable=no",
    ]
    variables.merge(RunningProgram.sanitizerOptions) { $1 }
    variables.merge(environment) { $1 }
    // The first terminal that the leader of a session opens is the one that controls it.
    return try ProcessLaunch(
      RunningProgram.path, arguments, environment: variables, input: .file(terminal), output: .descriptor(0),
      errors: .descriptor(0), leadsSession: true
    ).start()
  }
}
