import CTerminal
import Glibc

/// The two open files that a screen needs: one to read keys from, one to draw on.
struct TerminalFiles {
  var input: UnsafeMutablePointer<FILE>
  var output: UnsafeMutablePointer<FILE>

  var inputDescriptor: Int32 { fileno(input) }
  var outputDescriptor: Int32 { fileno(output) }

  /// Opens copies of standard input and output; `/dev/tty` stands in for an input that is a file or a pipe.
  static func standard() throws(TerminalError) -> TerminalFiles {
    guard isatty(STDOUT_FILENO) == 1 else {
      throw TerminalError(
        .notATerminal, "standard output is not a terminal",
        advice: "The console needs one; \"signalbox status\", \"plan\" and \"apply\" print their results.")
    }
    if isatty(STDIN_FILENO) == 1 {
      return try TerminalFiles(input: copy(STDIN_FILENO), output: copy(STDOUT_FILENO))
    }
    let keyboard = open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard keyboard >= 0 else {
      throw TerminalError(
        .notATerminal,
        "standard input is not a terminal, and /dev/tty cannot be opened: \(systemMessage(errno))")
    }
    return try TerminalFiles(input: keyboard, output: copy(STDOUT_FILENO))
  }

  /// Takes over two open descriptors.
  init(input: Int32, output: Int32) throws(TerminalError) {
    guard let input = fdopen(input, "r"), let output = fdopen(output, "w") else {
      throw systemFailure("open the terminal")
    }
    self.input = input
    self.output = output
  }

  func close() {
    fclose(input)
    fclose(output)
  }

  /// The modes of the terminal as they are.
  func modes() throws(TerminalError) -> termios {
    var modes = termios()
    guard tcgetattr(outputDescriptor, &modes) == 0 else { throw systemFailure("read the terminal's modes") }
    return modes
  }

  private static func copy(_ descriptor: Int32) throws(TerminalError) -> Int32 {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw systemFailure("open the terminal") }
    return copy
  }
}

func systemFailure(_ what: String, number: Int32 = errno) -> TerminalError {
  TerminalError(.systemFailure, "cannot \(what): \(systemMessage(number))")
}

/// The system's text for an error number.
func systemMessage(_ number: Int32) -> String {
  var buffer = [CChar](repeating: 0, count: 256)
  guard strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
  return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
