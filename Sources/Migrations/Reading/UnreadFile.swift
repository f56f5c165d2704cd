/// A file whose bytes are read when they are asked for.
struct UnreadFile: Sendable, Hashable {
  /// Its path, as the file system takes it.
  let path: String
  private let fileSystem: FileSystem

  init(path: String, fileSystem: FileSystem) {
    self.path = path
    self.fileSystem = fileSystem
  }

  /// What it holds; nil if it cannot be read.
  var bytes: [UInt8]? {
    do {
      return try fileSystem.read(path)
    } catch {
      return nil
    }
  }

  static func == (left: UnreadFile, right: UnreadFile) -> Bool { left.path == right.path }

  func hash(into hasher: inout Hasher) { hasher.combine(path) }
}
