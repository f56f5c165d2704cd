import Migrations

/// What the files of projects say, kept between starts: a file for each project.
struct ScriptCache: Sendable {
  /// Where it is kept.
  let directory: CacheDirectory

  /// What is kept for this user.
  static var standard: ScriptCache { ScriptCache(directory: .standard) }

  /// Reads a project with what is remembered of its files, and keeps what was new.
  ///
  /// - Throws: what `work` throws; what it has found out is kept all the same.
  func remembering<Success>(
    _ path: String, _ work: (ScriptMemory?) throws -> Success
  ) rethrows -> Success {
    guard directory.path != nil else { return try work(nil) }
    let name = "scripts/\(Checksum.exact(Array(FileSystem.local.resolve(path).utf8)))"
    let memory = ScriptMemory(directory.contents(of: name) ?? [])
    defer { if memory.hasNews { directory.keep(memory.contents, as: name) } }
    return try work(memory)
  }
}
