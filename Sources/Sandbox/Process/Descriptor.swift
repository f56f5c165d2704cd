import Glibc

/// A file descriptor that is closed when nobody holds it any more.
final class Descriptor: Sendable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  /// Two connected sockets, neither of which a child process inherits by accident.
  ///
  /// A socket pair instead of a pipe: `SOCK_CLOEXEC` is set in the same system call, and Swift's Glibc has no `pipe2`.
  static func pair() throws(SandboxError) -> (ours: Descriptor, theirs: Descriptor) {
    var numbers: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &numbers) == 0 else {
      throw SandboxError(.programFailed, "cannot make a socket pair: \(systemMessage(errno))")
    }
    return (Descriptor(numbers[0]), Descriptor(numbers[1]))
  }

  /// Gives the other side of a pair its end of file, whoever else may still hold a copy of this side.
  func endOutput() { shutdown(number, Int32(SHUT_WR)) }

  /// What arrives until the other side closes, or until the first line end if `line`; blocks its thread.
  func readText(untilLineEnd line: Bool) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(number, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += buffer[..<count]
      if line, let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
        bytes.removeSubrange(end...)
        break
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The system's text for an error number.
func systemMessage(_ number: Int32) -> String {
  var buffer = [CChar](repeating: 0, count: 256)
  guard strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
  return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
