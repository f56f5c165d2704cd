import Synchronization

/// A project's directory, read through a file system; paths are relative to its root.
struct ProjectDirectory: Sendable {
  /// The root as the operator gave it.
  let root: String
  let fileSystem: FileSystem
  /// What was listed already: each layout looks at the same directories, and to look costs a call for every file.
  private let listed = Listings()

  private final class Listings: Sendable {
    let entries = Mutex<[String: [Entry]]>([:])
  }

  /// A name in a directory.
  struct Entry: Sendable, Hashable {
    var name: String
    /// Relative to the root.
    var path: String
    var kind: FileKind
  }

  /// The path of something in it from the root of the file system, without links on the way to the project.
  func location(of path: String) -> String { Path.join(fileSystem.resolve(root), path) }

  func kind(_ path: String) -> FileKind? { fileSystem.kind(full(path)) }

  /// What a directory holds, by name bytewise, hidden entries left out; empty if there is no such directory.
  func entries(_ path: String) throws(ProjectProblem) -> [Entry] {
    if let known = listed.entries.withLock({ $0[path] }) { return known }
    guard kind(path) == .directory else { return [] }
    do {
      let names = try fileSystem.list(full(path)).filter { !$0.hasPrefix(".") }
      let entries = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { name in
        let entryPath = Path.join(path, name)
        return Entry(name: name, path: entryPath, kind: kind(entryPath) ?? .danglingLink)
      }
      listed.entries.withLock { $0[path] = entries }
      return entries
    } catch {
      throw ProjectProblem(
        code: "unreadable-directory", message: "the directory cannot be read: \(error.reason)",
        location: FileLocation(file: path.isEmpty ? root : path),
        advice: "check who owns it and its permissions")
    }
  }

  func read(_ path: String) throws(FileSystemError) -> [UInt8] { try fileSystem.read(full(path)) }

  /// The bytes of a file that the project cannot do without; `name` says which in the problem, if it cannot be read.
  func contents(of path: String, called name: String = "file") throws(ProjectProblem) -> [UInt8] {
    do {
      return try read(path)
    } catch {
      throw ProjectProblem(
        code: "unreadable-file", message: "the \(name) cannot be read: \(error.reason)",
        location: FileLocation(file: path), advice: "check who owns it and its permissions")
    }
  }

  private func full(_ path: String) -> String { path.isEmpty ? root : Path.join(root, path) }
}
