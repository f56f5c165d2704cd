import Glibc
import Migrations
import Script

/// Which files projects have, with their checksums, kept between starts: a file for each project.
struct OutlineCache: Sendable {
  /// Where it is kept.
  let directory: CacheDirectory

  /// What is kept for this user.
  static var standard: OutlineCache { OutlineCache(directory: .standard) }

  /// Reads which files a project has and their checksums; where none of them has changed since it was read last, none is
  /// read.
  ///
  /// - Throws: ``ProjectError`` with everything that is wrong.
  func project(_ options: ProjectOptions, in fileSystem: FileSystem = .local) throws -> Project {
    guard directory.path != nil else {
      return try ProjectReader(fileSystem: fileSystem, parse: { _, _ in ParsedScript() })
        .read(options.path, leavingOutUnreadable: options.leaveOutUnreadable)
    }
    let reader = ProjectReader(fileSystem: fileSystem)
    let place = "\(fileSystem.resolve(options.path))\u{0}\(options.path)"
    let name = "outlines/\(Checksum.exact(Array(place.utf8)))"
    let known = directory.contents(of: name).flatMap { ProjectOutline(packed: $0, in: fileSystem) }
    let (project, news) = try reader.outline(
      options.path, leavingOutUnreadable: options.leaveOutUnreadable, knowing: known, at: Self.now)
    if let news { directory.keep(news.packed, as: name) }
    return project
  }

  /// The time by which files are stamped, in nanoseconds since 1970.
  private static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
