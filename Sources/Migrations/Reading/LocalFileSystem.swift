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
    list: { (path) throws(FileSystemError) in
      guard let directory = opendir(path) else { throw lastError(at: path) }
      defer { closedir(directory) }
      var names: [String] = []
      while true {
        errno = 0
        guard let entry = readdir(directory) else {
          if errno != 0 { throw lastError(at: path) }
          return names
        }
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != "." && name != ".." { names.append(name) }
      }
    },
    read: { (path) throws(FileSystemError) in
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw lastError(at: path) }
      defer { close(descriptor) }
      var status = stat()
      let expected = fstat(descriptor, &status) == 0 ? max(Int(status.st_size), 0) : 0
      var bytes: [UInt8] = []
      bytes.reserveCapacity(expected)
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count < 0 {
          if errno == EINTR { continue }
          throw lastError(at: path)
        }
        if count == 0 { return bytes }
        bytes.append(contentsOf: buffer[0..<count])
      }
    },
    resolve: { path in
      guard let resolved = realpath(path, nil) else { return path }
      defer { free(resolved) }
      return String(cString: resolved)
    })

  private static func lastError(at path: String) -> FileSystemError {
    FileSystemError(path: path, reason: String(cString: strerror(errno)))
  }
}
