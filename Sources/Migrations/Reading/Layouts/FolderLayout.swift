import Script
import TOML

/// One folder for each migration, named by it, as Prisma (`migration.sql`) and diesel (`up.sql`, `down.sql`) have it.
///
/// Both order them as text, so that `20250326162113_a` comes before `20260108_b` although it is the greater number.
struct FolderLayout: LayoutReader {
  let layout: Layout
  /// The file in each folder that is the migration.
  let file: String
  /// The file in each folder that reverts it.
  let revertFile: String
  let usualDirectories: [String]

  static let prisma = FolderLayout(
    layout: .prisma, file: "migration.sql", revertFile: "down.sql",
    usualDirectories: ["", "prisma/migrations", "migrations"])
  static let diesel = FolderLayout(
    layout: .diesel, file: "up.sql", revertFile: "down.sql", usualDirectories: ["", "migrations"])

  func files(
    in directory: ProjectDirectory, base: String, isGiven: Bool
  ) throws(ProjectProblem) -> FoundFiles? {
    for candidate in directory.candidates(base: base, isGiven: isGiven, usual: usualDirectories) {
      var files: [FoundFile] = []
      var warnings: [ProjectProblem] = []
      for entry in try directory.entries(candidate) where entry.kind == .directory {
        let path = Path.join(entry.path, file)
        guard directory.kind(path) != nil else { continue }
        var found = FoundFile(named: entry.name, path: path)
        let revert = Path.join(entry.path, revertFile)
        if directory.kind(revert) != nil { found.revert = .file(revert) }
        do {
          found.forbidsTransaction = try forbidsTransaction(
            Path.join(entry.path, "metadata.toml"), in: directory)
        } catch {
          warnings.append(error)
        }
        files.append(found)
      }
      if !files.isEmpty {
        return FoundFiles(
          layout: layout, base: candidate, files: files, isOrdered: true, warnings: warnings)
      }
    }
    return nil
  }

  /// Whether diesel's `metadata.toml` says `run_in_transaction = false`.
  private func forbidsTransaction(
    _ path: String, in directory: ProjectDirectory
  ) throws(ProjectProblem) -> Bool {
    guard layout == .diesel, directory.kind(path) == .file else { return false }
    let text: SourceText
    do {
      text = SourceText(try directory.read(path))
    } catch {
      throw ProjectProblem(
        code: "unreadable-file", message: "the file cannot be read: \(error.reason)",
        location: FileLocation(file: path))
    }
    do {
      let document = try TOMLDocument(parsing: String(decoding: text.bytes, as: UTF8.self))
      return try document.root.boolean("run_in_transaction") == false
    } catch {
      throw ProjectProblem(
        code: "invalid-toml", message: error.message,
        location: FileLocation(
          file: path, position: SourcePosition(line: error.line, column: error.column)),
        line: text.line(error.line))
    }
  }
}
