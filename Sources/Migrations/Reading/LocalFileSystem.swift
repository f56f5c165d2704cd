import Glibc

extension FileSystem {
  /// The file system of this machine.
  public static let local = FileSystem(
    kind: { path in
      var status = stat()
      if stat(path, &status) == 0 {
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .directory
        default: return .other
        }
      }
      return lstat(path, &status) == 0 ? .danglingLink : nil
    },
    listing: { (path) throws(FileSystemError) in try entries(of: path) },
    read: { (path) throws(FileSystemError) in
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw lastError(at: path) }
      defer { close(descriptor) }
      var status = stat()
      let expected = fstat(descriptor, &status) == 0 ? max(Int(status.st_size), 0) : 0
      var bytes = try read(descriptor, upTo: expected + 1, at: path)
      // A file that has grown since, or one whose size the system does not know.
      while bytes.count > expected {
        let more = try read(descriptor, upTo: 1 << 16, at: path)
        if more.isEmpty { break }
        bytes += more
      }
      return bytes
    },
    resolve: { path in
      guard let resolved = realpath(path, nil) else { return path }
      defer { free(resolved) }
      return String(cString: resolved)
    },
    stamp: { LocalFileStamps.stamp(of: $0) }, hasReliableStamps: { LocalFileStamps.areOwn(at: $0) })

  /// The names in a directory with what its entries say of them, which for links is nothing.
  private static func entries(of path: String) throws(FileSystemError) -> [(name: String, kind: FileKind?)] {
    guard let directory = opendir(path) else { throw lastError(at: path) }
    defer { closedir(directory) }
    var names: [(name: String, kind: FileKind?)] = []
    while true {
      errno = 0
      guard let entry = readdir(directory) else {
        if errno != 0 { throw lastError(at: path) }
        return names
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      switch Int(entry.pointee.d_type) {
      case Int(DT_REG): names.append((name, .file))
      case Int(DT_DIR): names.append((name, .directory))
      default: names.append((name, nil))
      }
    }
  }

  /// Reads until the file ends or as much is there as was asked for.
  private static func read(
    _ descriptor: Int32, upTo limit: Int, at path: String
  ) throws(FileSystemError) -> [UInt8] {
    var failure: FileSystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
      while filled < limit {
        let count = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: filled), limit - filled)
        if count < 0, errno == EINTR { continue }
        if count < 0 { failure = lastError(at: path) }
        if count <= 0 { return }
        filled += count
        // All that was foretold, and no more: to ask whether more has come would be a call for every file.
        if filled == limit - 1 { return }
      }
    }
    if let failure { throw failure }
    return bytes
  }

  private static func lastError(at path: String) -> FileSystemError {
    FileSystemError(path: path, reason: String(cString: strerror(errno)))
  }
}
