import Glibc

/// The directory of one private cluster: data, log, settings and socket, and a mark that says that it is ours to remove.
struct ClusterDirectory: Sendable, Hashable {
  var path: String

  static let prefix = "signalbox-"
  static let markName = "signalbox-sandbox"

  var log: String { "\(path)/log" }

  /// The path of the socket that the server listens on.
  var socket: String { "\(path)/.s.PGSQL.\(Cluster.port)" }

  /// Makes a fresh directory that only `account` (and root) may enter.
  static func make(
    options: ClusterOptions, account: ServerAccount, environment: [String: String]
  ) throws(SandboxError) -> ClusterDirectory {
    let parent = try parent(options: options, account: account, environment: environment)
    var template = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
    guard template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } }) != nil else {
      throw SandboxError(
        .directoryUnusable, "cannot make a directory in \(parent): \(systemMessage(errno))",
        advice: "Set TMPDIR to a directory that you may write to.")
    }
    let directory = ClusterDirectory(
      path: String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self))
    do throws(SandboxError) {
      try Files.write("", to: "\(directory.path)/\(markName)")
      try Files.write(
        options.configuration(socketDirectory: directory.path), to: "\(directory.path)/settings")
      try Files.write("", to: directory.log)
      if let other = account.other {
        for path in [directory.path, directory.log]
        where chown(path, other.user, other.group) != 0 {
          throw SandboxError(
            .directoryUnusable, "cannot give \(path) to \(other.name): \(systemMessage(errno))")
        }
      }
    } catch {
      directory.discard()
      throw error
    }
    return directory
  }

  /// The end of the server's log: what a person needs to see why it did not start.
  func logTail(lines: Int = 12) -> String {
    (Files.text(of: log) ?? "").split(separator: "\n").suffix(lines).joined(separator: "\n")
  }

  // Before any server ran in it, the directory holds three plain files.
  func discard() {
    for name in [Self.markName, "settings", "log"] { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  private static func parent(
    options: ClusterOptions, account: ServerAccount, environment: [String: String]
  ) throws(SandboxError) -> String {
    if let given = options.parentDirectory {
      guard given.hasPrefix("/"), socketFits(in: given) else {
        throw SandboxError(
          .directoryUnusable, "\(given) is not absolute, or too long for the path of a unix socket")
      }
      return withoutFinalSlashes(given)
    }
    // Another account may not be able to enter our own TMPDIR; everybody can enter /tmp.
    if account.other == nil, let own = environment["TMPDIR"], own.hasPrefix("/"), socketFits(in: own),
      Files.isDirectory(own)
    {
      return withoutFinalSlashes(own)
    }
    return "/tmp"
  }

  private static func withoutFinalSlashes(_ path: String) -> String {
    var path = path[...]
    while path.count > 1, path.last == "/" { path.removeLast() }
    return String(path)
  }

  // sockaddr_un holds 108 bytes with the final zero.
  static func socketFits(in parent: String) -> Bool {
    "\(parent)/\(prefix)XXXXXX/.s.PGSQL.\(Cluster.port).lock".utf8.count < 108
  }
}
