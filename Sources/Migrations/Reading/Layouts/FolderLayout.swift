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

  static let prisma = FolderLayout(layout: .prisma, file: "migration.sql", revertFile: "down.sql")
  static let diesel = FolderLayout(layout: .diesel, file: "up.sql", revertFile: "down.sql")

  func files(in directory: ProjectDirectory, at base: String) throws(ProjectProblem) -> FoundFiles? {
    var files: [FoundFile] = []
    var warnings: [ProjectProblem] = []
    for entry in try directory.entries(base) where entry.kind == .directory {
      let path = Path.join(entry.path, file)
      guard directory.kind(path) != nil else { continue }
      var found = FoundFile(named: entry.name, path: path)
      found.place = StateFolders.place(of: entry.name) ?? .active
      let revert = Path.join(entry.path, revertFile)
      if directory.kind(revert) != nil { found.revert = .file(revert) }
      if layout == .diesel {
        // Its table keeps the digits of `2024-01-01-000000_name` only.
        found.recordedVersion = String(entry.name.prefix { $0 != "_" }.filter { $0 != "-" })
      }
      do {
        found.forbidsTransaction = try forbidsTransaction(
          Path.join(entry.path, "metadata.toml"), in: directory)
      } catch {
        warnings.append(error)
      }
      files.append(found)
    }
    // `up.sql` beside other scripts in version folders is no migration of its own.
    guard !files.isEmpty else { return nil }
    if layout == .prisma { warnings += try otherProvider(in: directory, at: base) }
    warnings += SupabaseLayout.warnings(ofFoldersIn: directory, at: base)
    return FoundFiles(layout: layout, base: base, files: files, isOrdered: true, warnings: warnings)
  }

  /// Prisma's `migration_lock.toml` names the database system that the files are for.
  private func otherProvider(
    in directory: ProjectDirectory, at base: String
  ) throws(ProjectProblem) -> [ProjectProblem] {
    let path = Path.join(base, "migration_lock.toml")
    guard directory.kind(path) == .file else { return [] }
    let (document, text) = try document(path, in: directory)
    let provider: TOMLText?
    do {
      provider = try document.root.text("provider")
    } catch {
      throw Self.invalid(error, file: path, text: text)
    }
    guard let provider, !["postgresql", "postgres", "cockroachdb"].contains(provider.text) else { return [] }
    throw ProjectProblem(
      code: "other-system", message: "the migrations are for \(provider.text), not for PostgreSQL",
      location: FileLocation(
        file: path, position: SourcePosition(line: provider.position.line, column: provider.position.column)),
      line: text.line(provider.position.line))
  }

  /// Whether diesel's `metadata.toml` says `run_in_transaction = false`.
  private func forbidsTransaction(
    _ path: String, in directory: ProjectDirectory
  ) throws(ProjectProblem) -> Bool {
    guard layout == .diesel, directory.kind(path) == .file else { return false }
    let (document, text) = try document(path, in: directory)
    do {
      return try document.root.boolean("run_in_transaction") == false
    } catch {
      throw Self.invalid(error, file: path, text: text)
    }
  }

  private func document(
    _ path: String, in directory: ProjectDirectory
  ) throws(ProjectProblem) -> (TOMLDocument, SourceText) {
    let text = SourceText(try directory.contents(of: path))
    do {
      return (try TOMLDocument(parsing: String(decoding: text.bytes, as: UTF8.self)), text)
    } catch {
      throw Self.invalid(error, file: path, text: text)
    }
  }

  private static func invalid(_ error: TOMLError, file: String, text: SourceText) -> ProjectProblem {
    ProjectProblem(
      code: "invalid-toml", message: error.message,
      location: FileLocation(file: file, position: SourcePosition(line: error.line, column: error.column)),
      line: text.line(error.line))
  }
}
