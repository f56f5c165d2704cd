import Synchronization

/// A project's directory, read through a file system; paths are relative to its root.
struct ProjectDirectory: Sendable {
  /// The root as the operator gave it.
  let root: String
  let fileSystem: FileSystem
  /// What was listed already: each layout looks at the same directories, and to look costs a call for every file.
  private let listed = Listings()

  private final class Listings: Sendable {
    let all = Mutex<[Substring: Listing]>([:])
  }

  /// What one directory holds.
  fileprivate final class Listing: Sendable {
    let entries: [Entry]
    /// By their paths.
    let kinds: [String: FileKind]

    init(_ entries: [Entry]) {
      self.entries = entries
      kinds = Dictionary(entries.map { ($0.path, $0.kind) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// A name in a directory.
  struct Entry: Sendable, Hashable {
    let name: String
    /// Relative to the root.
    let path: String
    let kind: FileKind
    /// The name without its ending, if it is that of a script for PostgreSQL.
    let script: String?
    /// Whether a script's name has a version.
    let isVersioned: Bool

    init(name: String, path: String, kind: FileKind) {
      self.name = name
      self.path = path
      self.kind = kind
      script = ScriptFileName.base(of: name)
      isVersioned = script.map { !MigrationName($0).version.isEmpty } ?? false
    }
  }

  /// The path of something in it from the root of the file system, without links on the way to the project.
  func location(of path: String) -> String { Path.join(fileSystem.resolve(root), path) }

  /// What stands at a path; where its directory was listed, what stood there then.
  func kind(_ path: String) -> FileKind? {
    if let place = Self.listedPlace(of: path), let listing = listed.all.withLock({ $0[place] }) {
      return listing.kinds[path]
    }
    return fileSystem.kind(full(path))
  }

  /// The directory whose listing shows a path; nil for hidden entries, which are left out there, and for what stands above
  /// the project.
  fileprivate static func listedPlace(of path: String) -> Substring? {
    let (parent, name) = Path.split(path)
    guard let first = name.utf8.first, first != UInt8(ascii: "."), path.utf8.first != UInt8(ascii: "/") else {
      return nil
    }
    return parent
  }

  /// What a directory holds, by name bytewise, hidden entries left out; empty if there is no such directory.
  func entries(_ path: String) throws(ProjectProblem) -> [Entry] {
    if let known = listed.all.withLock({ $0[path[...]] }) { return known.entries }
    guard kind(path) == .directory else { return [] }
    do {
      let entries = try fileSystem.listing(full(path)).filter { $0.name.utf8.first != UInt8(ascii: ".") }
        .sorted { $0.name.precedesBytewise($1.name) }.map { name, known in
          let entryPath = Path.join(path, name)
          return Entry(name: name, path: entryPath, kind: known ?? kind(entryPath) ?? .danglingLink)
        }
      let listing = Listing(entries)
      listed.all.withLock { $0[path[...]] = listing }
      return entries
    } catch {
      throw ProjectProblem(
        code: "unreadable-directory", message: "the directory cannot be read: \(error.reason)",
        location: FileLocation(file: path.isEmpty ? root : path),
        advice: "check who owns it and its permissions")
    }
  }

  /// What was listed so far, to be asked by many threads at once.
  var listedFiles: ListedFiles {
    ListedFiles(directory: self, listings: listed.all.withLock { $0 })
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

/// What stands at paths, as the listings of a directory have shown it: no lock is taken where they know.
struct ListedFiles: Sendable {
  private let directory: ProjectDirectory
  private let listings: [Substring: ProjectDirectory.Listing]

  fileprivate init(directory: ProjectDirectory, listings: [Substring: ProjectDirectory.Listing]) {
    self.directory = directory
    self.listings = listings
  }

  /// What stands at a path; where its directory was listed, what stood there then.
  func kind(_ path: String) -> FileKind? {
    if let place = ProjectDirectory.listedPlace(of: path), let listing = listings[place] {
      return listing.kinds[path]
    }
    return directory.kind(path)
  }
}
