import Glibc

/// Standard output carries the result, standard error the rest.
enum Output {
  /// Writes a line to standard output.
  static func standard(_ line: String) { write(line + "\n", to: STDOUT_FILENO) }

  /// Writes text as it is to standard output.
  static func text(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// Writes a line to standard error.
  static func error(_ line: String) { write(line + "\n", to: STDERR_FILENO) }

  /// Writes text as it is to standard output, for prompts.
  static func prompt(_ text: String) { write(text, to: STDERR_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        let written = Glibc.write(descriptor, start, rest.count)
        if written < 0 {
          if errno == EINTR || errno == EAGAIN { continue }
          // The reader is gone: there is nobody left to tell.
          exit(ExitStatus.failed.rawValue)
        }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
      }
    }
  }
}
