import Glibc

/// Files that commands write.
enum OutputFile {
  /// Writes a file whole or not at all: beside it first, then in its place.
  ///
  /// - Throws: ``CommandFailure`` with the system's reason.
  static func write(_ text: String, to path: String) throws {
    let temporary = path + ".signalbox-\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    do {
      try write(Array(text.utf8), to: descriptor, path)
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    guard close(descriptor) == 0, rename(temporary, path) == 0 else {
      let reason = failure(path)
      unlink(temporary)
      throw reason
    }
  }

  /// Writes a file that must not be there yet.
  ///
  /// - Throws: ``CommandFailure`` if something stands at the path, or with the system's reason.
  static func create(_ text: String, at path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    try write(Array(text.utf8), to: descriptor, path)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws {
    var start = 0
    while start < bytes.count {
      let written = bytes[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw failure(path) }
      start += written
    }
  }

  private static func failure(_ path: String) -> CommandFailure {
    CommandFailure(.usage, "\(path) cannot be written: \(String(cString: strerror(errno)))")
  }
}
