import Glibc
import Synchronization
import Threads

/// Tells when files change in some directories (inotify): nothing wakes up until one does.
final class FileWatch: Sendable {
  private let descriptor: Int32
  private let watched = Mutex<[String: Int32]>([:])

  /// Begins to watch nothing yet; nil if the system has no watch to give.
  ///
  /// - Parameter report: is called on a thread of its own, once for a burst of changes, with the paths' directories.
  init?(report: @escaping @Sendable () -> Void) {
    let descriptor = inotify_init1(Int32(IN_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    self.descriptor = descriptor
    do {
      try PlainThread.start { Self.watch(descriptor, report) }
    } catch {
      close(descriptor)
      return nil
    }
  }

  /// Watches these directories and no others; one that is not there is left out.
  func set(_ directories: Set<String>) {
    watched.withLock { watched in
      for (directory, number) in watched where !directories.contains(directory) {
        inotify_rm_watch(descriptor, number)
        watched[directory] = nil
      }
      for directory in directories where watched[directory] == nil {
        let number = inotify_add_watch(descriptor, directory, Self.changes)
        if number >= 0 { watched[directory] = number }
      }
    }
  }

  private static let changes = UInt32(
    IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR)

  /// How long it must be quiet before a burst is over, in milliseconds: an editor writes, renames and deletes at once.
  private static let quiet: Int32 = 60

  private static func watch(_ descriptor: Int32, _ report: @Sendable () -> Void) {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      var concerns = concernsProject(buffer[..<count])
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      while poll(&waiting, 1, quiet) > 0 {
        let more = read(descriptor, &buffer, buffer.count)
        guard more > 0 else { return }
        concerns = concernsProject(buffer[..<more]) || concerns
      }
      if concerns { report() }
    }
  }

  /// Whether one of the events is of a file that a project or a theme is made of, or of a directory.
  private static func concernsProject(_ bytes: ArraySlice<UInt8>) -> Bool {
    // inotify(7): wd, mask, cookie and the length of the name, four bytes each; then the name, filled up with zeros.
    let headSize = 16
    var rest = bytes
    while rest.count >= headSize {
      let words = rest.prefix(headSize).withUnsafeBytes { head in
        (0..<4).map { head.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self) }
      }
      let name = rest.dropFirst(headSize).prefix(Int(words[3])).prefix { $0 != 0 }
      if words[1] & UInt32(IN_ISDIR) != 0 || words[1] & UInt32(IN_Q_OVERFLOW) != 0 { return true }
      let text = String(decoding: name, as: UTF8.self)
      if [".sql", ".toml", ".plan"].contains(where: text.hasSuffix) { return true }
      rest = rest.dropFirst(headSize + Int(words[3]))
    }
    return false
  }
}
