import Glibc
import Migrations

/// Keeps what is cached from growing for ever: what nobody has asked for in a month goes when something is written.
///
/// When something was last asked for stands in the time of its last change, to the day.
enum CachePruning {
  private static let day = 86_400
  private static let kept = 30 * day

  /// Notes that a file was of use.
  static func noteUse(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0, time(nil) - status.st_mtim.tv_sec > day else { return }
    // Without it the file goes sooner, and what it holds is worked out again.
    utimensat(AT_FDCWD, path, nil, 0)
  }

  /// Removes the files of a directory that nobody has asked for in a month, drafts that were broken off among them.
  static func prune(_ directory: String) {
    // A directory that cannot be listed holds nothing that could be removed.
    guard let names = try? FileSystem.local.list(directory) else { return }
    for name in names {
      var status = stat()
      let file = "\(directory)/\(name)"
      guard lstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        time(nil) - status.st_mtim.tv_sec > kept
      else { continue }
      unlink(file)
    }
  }
}
