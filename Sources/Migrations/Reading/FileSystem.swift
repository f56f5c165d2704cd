/// What reading a project needs of a file system; the real one is ``local``.
public struct FileSystem: Sendable {
  /// What stands at a path, links followed; nil if nothing does.
  public var kind: @Sendable (_ path: String) -> FileKind?
  /// The names in a directory, in any order, without `.` and `..`; with what stands at each, as far as the listing itself
  /// tells.
  public var listing: @Sendable (_ path: String) throws(FileSystemError) -> [(name: String, kind: FileKind?)]
  /// The bytes of a file.
  public var read: @Sendable (_ path: String) throws(FileSystemError) -> [UInt8]
  /// The path from the root directory, without links; the path itself where that fails.
  public var resolve: @Sendable (_ path: String) -> String
  /// What is noted of a file or directory besides what it holds, links followed; nil if there is none, or nothing is noted.
  public var stamp: @Sendable (_ path: String) -> FileStamp?
  /// Whether the stamps at a path can be relied upon.
  public var hasReliableStamps: @Sendable (_ path: String) -> Bool

  /// Makes a file system from its operations.
  public init(
    kind: @escaping @Sendable (_ path: String) -> FileKind?,
    listing:
      @escaping @Sendable (_ path: String) throws(FileSystemError) -> [(name: String, kind: FileKind?)],
    read: @escaping @Sendable (_ path: String) throws(FileSystemError) -> [UInt8],
    resolve: @escaping @Sendable (_ path: String) -> String,
    stamp: @escaping @Sendable (_ path: String) -> FileStamp? = { _ in nil },
    hasReliableStamps: @escaping @Sendable (_ path: String) -> Bool = { _ in false }
  ) {
    self.kind = kind
    self.listing = listing
    self.read = read
    self.resolve = resolve
    self.stamp = stamp
    self.hasReliableStamps = hasReliableStamps
  }

  /// The names in a directory, in any order, without `.` and `..`.
  public func list(_ path: String) throws(FileSystemError) -> [String] { try listing(path).map(\.name) }
}

/// What stands at a path.
public enum FileKind: Sendable, Hashable {
  case file
  case directory
  /// A symbolic link whose target is not there.
  case danglingLink
  /// A device, socket or pipe.
  case other
}

/// Why a file or directory could not be read.
public struct FileSystemError: Error, Sendable, Hashable {
  /// The path.
  public var path: String
  /// The system's words for it (`Permission denied`).
  public var reason: String

  /// Makes an error from its parts.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}
