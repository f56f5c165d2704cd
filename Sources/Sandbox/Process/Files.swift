import Glibc

/// The few file operations that a sandbox needs, on plain paths.
enum Files {
  /// Whether a path leads to a regular file that this process may execute.
  static func isExecutable(_ path: String) -> Bool {
    var information = stat()
    guard stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFREG else { return false }
    return access(path, X_OK) == 0
  }

  /// Whether anything is at a path; a dangling link counts.
  static func exists(_ path: String) -> Bool {
    var information = stat()
    return lstat(path, &information) == 0
  }

  /// Whether a path leads to a directory.
  static func isDirectory(_ path: String) -> Bool {
    var information = stat()
    return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a directory, sorted; none if it cannot be read.
  static func names(in directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// A file's text, or nil if it cannot be read.
  static func text(of path: String) -> String? {
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { return nil }
    return Descriptor(number).readText(untilLineEnd: false)
  }

  /// Writes a new file, readable by its owner alone, or replaces one in a single step.
  static func write(_ text: String, to path: String) throws(SandboxError) {
    let temporary = "\(path).\(getpid()).new"
    let number = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard number >= 0 else { throw failure("write", path) }
    let descriptor = Descriptor(number)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor.number, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        let error = failure("write", path)
        unlink(temporary)
        throw error
      }
      rest = rest.dropFirst(count)
    }
    guard rename(temporary, path) == 0 else {
      let error = failure("write", path)
      unlink(temporary)
      throw error
    }
  }

  /// Makes a directory and those above it, readable by their owner alone.
  static func makeDirectories(_ path: String) throws(SandboxError) {
    if isDirectory(path) { return }
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try makeDirectories(String(path[..<slash]))
    }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure("make", path) }
  }

  private static func failure(_ verb: String, _ path: String) -> SandboxError {
    SandboxError(.directoryUnusable, "cannot \(verb) \(path): \(systemMessage(errno))")
  }
}
