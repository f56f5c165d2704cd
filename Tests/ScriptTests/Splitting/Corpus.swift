import Glibc

/// The SQL files that tests can find: the samples of this repository, and what the PostgreSQL packages bring.
///
/// `SIGNALBOX_SQL_CORPUS` names further folders, separated by colons.
enum Corpus {
  struct File: CustomStringConvertible, Sendable {
    var path: String
    var bytes: [UInt8]

    var description: String { path }
  }

  /// All files whose name ends in `.sql` below the repository's `migrations` and PostgreSQL's own folders.
  static let files: [File] = {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(
      separator: "/")
    let further = getenv("SIGNALBOX_SQL_CORPUS").map { String(cString: $0) } ?? ""
    let folders =
      [root + "/migrations", "/usr/share/postgresql", "/usr/lib/postgresql"]
      + further.split(separator: ":").map(String.init)
    return folders.flatMap(paths).sorted().compactMap { path in
      read(path).map { File(path: path, bytes: $0) }
    }
  }()

  private static func paths(below folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var found: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      if entry.pointee.d_type == UInt8(DT_DIR) {
        found += paths(below: folder + "/" + name)
      } else if name.hasSuffix(".sql") {
        found.append(folder + "/" + name)
      }
    }
    return found
  }

  private static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }
}
