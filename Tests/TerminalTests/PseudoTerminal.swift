import CTerminal
import Display
import Glibc

@testable import Terminal

/// A terminal without a person: what is written to it are keys, what is read from it is the screen.
final class PseudoTerminal {
  let path: String
  private let controller: Int32
  // Held open, so that the terminal's modes outlive the program that used it.
  private let device: Int32
  private var isHungUp = false

  init(columns: UInt16 = 80, rows: UInt16 = 24) throws {
    controller = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var number: Int32 = 0
    var locked: Int32 = 0
    guard controller >= 0, ioctl(controller, unlockRequest, &locked) == 0,
      ioctl(controller, numberRequest, &number) == 0
    else { throw systemFailure("make a pseudo-terminal") }
    path = "/dev/pts/\(number)"
    device = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard device >= 0 else { throw systemFailure("open \(path)") }
    resize(columns: columns, rows: rows)
  }

  deinit {
    close(device)
    if !isHungUp { close(controller) }
  }

  /// A screen on it.
  func terminal(_ environment: [String: String] = [:]) throws -> Terminal {
    try Terminal(pathOfDevice: path, environment)
  }

  func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(controller, bytes, bytes.count)
  }

  func hangUp() {
    isHungUp = true
    close(controller)
  }

  /// What the program has written, up to and with `end`; all that comes if it never does.
  func output(until end: String) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while !String(decoding: bytes, as: UTF8.self).contains(end) {
      var ready = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
      guard poll(&ready, 1, 10_000) > 0 else { break }
      let count = read(controller, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The terminal's modes, as `stty -a` would show them.
  var modes: [UInt32] {
    var modes = termios()
    tcgetattr(device, &modes)
    let characters = withUnsafeBytes(of: modes.c_cc) { $0.map(UInt32.init) }
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag] + characters
  }
}

extension Terminal {
  /// A screen on a terminal device, in an environment of which only the interesting part is given.
  convenience init(pathOfDevice path: String, _ environment: [String: String] = [:]) throws {
    let input = Glibc.open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC)
    let output = Glibc.open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC)
    let all = ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
    setenv("LC_ALL", all["LC_ALL"] ?? "", 1)
    try self.init(
      files: TerminalFiles(input: input, output: output), options: TerminalOptions(environment: all))
  }
}

// TIOCSPTLCK and TIOCGPTN, which Swift's Glibc module does not show, nor the functions that use them.
private let unlockRequest: UInt = 0x4004_5431
private let numberRequest: UInt = 0x8004_5430

/// A frame of lines in one style.
func frame(_ lines: [Text], columns: Int = 80, rows: Int = 24, style: Style = .plain) -> Frame {
  var frame = Frame(size: Size(columns: columns, rows: rows))
  for (row, line) in lines.enumerated() { frame.write(line, at: Point(column: 0, row: row), style: style) }
  return frame
}
