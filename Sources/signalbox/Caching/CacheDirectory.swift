import Glibc
import Migrations

/// Where things are kept that can be worked out again, under the XDG cache directory.
///
/// What comes back was written by this very program, and whole; whatever else is found there counts for nothing. So it
/// may be deleted at any time, and where nothing can be kept, everything is worked out anew.
struct CacheDirectory: Sendable {
  /// Its path; nil for nowhere.
  let path: String?

  /// `$XDG_CACHE_HOME/signalbox`, else `~/.cache/signalbox` (XDG Base Directory Specification).
  static var standard: CacheDirectory {
    if let given = Environment.variable("XDG_CACHE_HOME"), given.hasPrefix("/") {
      return CacheDirectory(path: "\(given)/signalbox")
    }
    guard let home = Environment.variable("HOME"), home.hasPrefix("/") else {
      return CacheDirectory(path: nil)
    }
    return CacheDirectory(path: "\(home)/.cache/signalbox")
  }

  /// What was kept under a name, as this program has kept it; nil if it is not there or not whole.
  ///
  /// - Parameter name: relative to the directory.
  func contents(of name: String, in fileSystem: FileSystem = .local) -> [UInt8]? {
    guard let path, let program = Self.program, fileSystem.kind("\(path)/\(name)") == .file,
      let bytes = try? fileSystem.read("\(path)/\(name)")
    else { return nil }
    let head = Array(program.utf8) + [UInt8(ascii: "\n")]
    guard bytes.count > head.count + Self.digestLength, bytes.starts(with: head) else { return nil }
    let body = Array(bytes[(head.count + Self.digestLength + 1)...])
    guard bytes[head.count...].starts(with: Checksum.exact(body).utf8) else { return nil }
    CachePruning.noteUse(of: "\(path)/\(name)")
    return body
  }

  /// Keeps something under a name: written beside its place and then put there, so that nobody sees half of it.
  ///
  /// Where that does not work, nothing is lost but time.
  func keep(_ body: [UInt8], as name: String) {
    guard let path, let program = Self.program else { return }
    let file = "\(path)/\(name)"
    let directory = Self.directory(of: file)
    Self.makeDirectories(directory)
    let draft = "\(file).\(getpid())"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    let isWritten =
      Self.write(Array("\(program)\n\(Checksum.exact(body))\n".utf8), to: descriptor)
      && Self.write(body, to: descriptor)
    if close(descriptor) != 0 || !isWritten || rename(draft, file) != 0 { unlink(draft) }
    CachePruning.prune(directory)
  }

  /// A SHA-256 in hex.
  private static let digestLength = 64

  /// This very program: another build may work things out otherwise.
  private static var program: String? {
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0 else { return nil }
    return
      "\(SignalboxVersion.text) \(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }

  private static func directory(of file: String) -> String {
    String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)])
  }

  /// Makes a directory, and those that hold it.
  private static func makeDirectories(_ directory: String) {
    let above = Self.directory(of: directory)
    if !above.isEmpty { makeDirectories(above) }
    mkdir(directory, 0o700)
  }
}
