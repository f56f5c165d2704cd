/// One directory of files that begin with a version, with folders for what is applied, skipped or archived.
///
/// Files whose versions stand behind a word for migrations, or behind a common beginning, count where no file begins with
/// one.
struct FlatLayout: LayoutReader {
  func files(in directory: ProjectDirectory, at base: String) throws(ProjectProblem) -> FoundFiles? {
    let scripts = try Self.scripts(in: directory, at: base)
    let versioned = Self.versioned(scripts)
    let paired = try RevertFiles.paired(versioned.files, in: directory, at: base)
    let files = paired.files + (try StateFolders.files(in: directory, base: base))
    // An archive alone says nothing of the directory that it is in.
    guard files.contains(where: \.place.isRunnable) else { return nil }
    let known = Set(versioned.files.map(\.path)).union(
      paired.files.compactMap { if case .file(let path) = $0.revert { path } else { nil } })
    let others = scripts.filter { !known.contains($0.path) }
    var found = FoundFiles(layout: .flat, base: base, files: files)
    found.warnings =
      paired.warnings + others.map { Self.unversioned(name: Path.lastName($0.path), path: $0.path) }
      + (try FoldersBeside.warnings(in: directory, at: base))
    if versioned.isByPrefix { found = Self.ordered(found, behind: versioned.prefix) }
    return found
  }

  /// Every script of a directory, in the order of their names, for a directory where none has a version.
  static func unversioned(
    in directory: ProjectDirectory, at base: String
  ) throws(ProjectProblem) -> FoundFiles? {
    let scripts = try directory.entries(base).compactMap { entry -> FoundFile? in
      guard entry.kind == .file else { return nil }
      return entry.script.map { FoundFile(named: $0, path: entry.path) }
    }
    let paired = try RevertFiles.paired(scripts, in: directory, at: base)
    guard !paired.files.isEmpty else { return nil }
    var warnings = paired.warnings + (try NotForPostgres.warnings(in: directory, at: base))
    if paired.files.count > 1 {
      warnings.append(
        ProjectProblem(
          code: "no-versions",
          message: "no file begins with a version: they are taken in the order of their names, bytewise",
          location: FileLocation(file: base.isEmpty ? directory.root : base),
          advice: "number them (001_name.sql), or list them in their order in a file `LOADORDER`"))
    }
    return FoundFiles(layout: .flat, base: base, files: paired.files, isOrdered: true, warnings: warnings)
  }

  static func unversioned(_ entry: ProjectDirectory.Entry) -> ProjectProblem {
    unversioned(name: entry.name, path: entry.path)
  }

  private static func unversioned(name: String, path: String) -> ProjectProblem {
    ProjectProblem(
      code: "no-version", message: "`\(name)` begins with no version and is left out",
      location: FileLocation(file: path),
      advice: "give it a version if it is a migration (`001_\(name)`)")
  }

  /// The scripts of a directory itself, those for other database systems left out.
  static func scripts(in directory: ProjectDirectory, at base: String) throws(ProjectProblem) -> [FoundFile] {
    FoundFile.told(
      apart: try directory.entries(base).compactMap { entry in
        guard entry.kind != .directory || entry.name.hasSuffix(".sql") else { return nil }
        return entry.script.map { FoundFile(named: $0, path: entry.path) }
      })
  }

  /// The scripts that have a version: at their beginning; else behind a word for migrations; else behind what all names
  /// have in common.
  private static func versioned(
    _ scripts: [FoundFile]
  ) -> (files: [FoundFile], prefix: Int, isByPrefix: Bool) {
    let leading = scripts.filter(\.beginsWithVersion)
    if !leading.isEmpty { return (leading, 0, false) }
    let worded = scripts.filter { !$0.version.isEmpty }
    if worded.count * 2 > scripts.count { return (worded, 0, false) }
    let names = scripts.map { Array($0.id.rawValue.utf8) }
    guard names.count > 1, let first = names.first else { return ([], 0, false) }
    var common = first.indices.prefix { index in
      names.allSatisfy { $0.count > index && $0[index] == first[index] }
    }.count
    while common > 0, (0x30...0x39).contains(first[common - 1]) || first[common - 1] == UInt8(ascii: ".") {
      guard
        (0x30...0x39).contains(first[common - 1]) || common > 1 && (0x30...0x39).contains(first[common - 2])
      else {
        break
      }
      common -= 1
    }
    let shortened = scripts.map { file -> FoundFile in
      var copy = file
      let parts = MigrationName(String(decoding: file.id.rawValue.utf8.dropFirst(common), as: UTF8.self))
      copy.version = parts.version.text
      copy.name = parts.title
      return copy
    }
    guard common > 0, shortened.allSatisfy({ !$0.version.isEmpty }) else { return ([], 0, false) }
    return (shortened, common, true)
  }

  /// The files in the order of what stands behind their common beginning.
  private static func ordered(_ found: FoundFiles, behind prefix: Int) -> FoundFiles {
    func key(_ file: FoundFile) -> MigrationID {
      MigrationID(String(decoding: file.id.rawValue.utf8.dropFirst(prefix), as: UTF8.self))
    }
    var copy = found
    copy.files = MigrationID.inOrder(found.files, by: key)
    copy.isOrdered = true
    return copy
  }
}
