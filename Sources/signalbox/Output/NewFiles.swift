import Glibc
import Migrations

/// Writes the files of a new migration, all or none, and never over what is there.
struct NewFiles {
  /// The project's directory, as the operator gave it.
  let root: String

  /// Writes them and gives their paths, the migration first.
  ///
  /// - Throws: ``CommandFailure`` if one is there already or cannot be written; none is left then.
  func write(_ new: NewMigration) throws -> [String] {
    var made: [String] = []
    var folders: [String] = []
    do {
      for file in new.files {
        try makeFolders(above: file.path, &folders)
        let path = full(file.path)
        try OutputFile.create(file.text, at: path)
        made.append(path)
      }
      for addition in new.additions { try append(addition) }
      return made
    } catch {
      for path in made { unlink(path) }
      // Deepest first; what was there before is not among them.
      for folder in folders.reversed() { rmdir(folder) }
      throw error
    }
  }

  private func full(_ path: String) -> String { root == "." ? path : "\(root)/\(path)" }

  private func makeFolders(above path: String, _ made: inout [String]) throws {
    var folder = root
    for name in path.split(separator: "/").dropLast() {
      folder += "/\(name)"
      if mkdir(folder, 0o755) == 0 {
        made.append(folder)
      } else if errno != EEXIST {
        throw CommandFailure(.usage, "\(folder) cannot be made: \(String(cString: strerror(errno)))")
      }
    }
  }

  /// Adds text behind a file's last line, all at once.
  private func append(_ addition: NewMigration.File) throws {
    let path = full(addition.path)
    var bytes: [UInt8]
    do {
      bytes = try FileSystem.local.read(path)
    } catch {
      throw CommandFailure(.usage, "\(error.path) cannot be read: \(error.reason)")
    }
    if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    try OutputFile.write(String(decoding: bytes, as: UTF8.self) + addition.text, to: path)
  }
}
