/// Two files for each migration, `NAME.up.sql` and `NAME.down.sql`, as golang-migrate and sqlx name them.
struct PairedFilesLayout: LayoutReader {
  func files(in directory: ProjectDirectory, at base: String) throws(ProjectProblem) -> FoundFiles? {
    var reverts: [String: String] = [:]
    var files: [FoundFile] = []
    var single: [FoundFile] = []
    var warnings: [ProjectProblem] = []
    let entries = try directory.entries(base)
    guard entries.contains(where: { $0.script?.hasEnding(".up") ?? false }) else { return nil }
    for entry in entries {
      guard let script = entry.script else { continue }
      if let name = Path.withoutEnding(script, ".up") {
        files.append(FoundFile(named: name, path: entry.path))
      } else if let name = Path.withoutEnding(script, ".down") {
        reverts[name] = entry.path
      } else if !entry.isVersioned {
        warnings.append(FlatLayout.unversioned(entry))
      } else {
        // sqlx takes files with one direction and with two in one directory.
        single.append(FoundFile(named: script, path: entry.path))
      }
    }
    guard !files.isEmpty else { return nil }
    for index in files.indices {
      files[index].revert = reverts.removeValue(forKey: files[index].id.rawValue).map { .file($0) }
    }
    warnings += reverts.sorted { $0.key < $1.key }.map { RevertFiles.orphan($0.value) }
    files += single + (try StateFolders.files(in: directory, base: base))
    return FoundFiles(layout: .golangMigrate, base: base, files: files, warnings: warnings)
  }
}

/// A folder for each direction, with a file of the same name in both.
struct DirectionFoldersLayout: LayoutReader {
  private static let folders = [
    ("up", "down"), ("do", "undo"), ("deploy", "revert"), ("deploy", "rollback"), ("upgrade", "downgrade"),
    ("apply", "revert"), ("migrate", "rollback"), ("forward", "backward"), ("ups", "downs"),
  ]

  func files(in directory: ProjectDirectory, at base: String) throws(ProjectProblem) -> FoundFiles? {
    for (up, down) in Self.folders {
      guard directory.kind(Path.join(base, up)) == .directory,
        directory.kind(Path.join(base, down)) == .directory
      else { continue }
      var reverts: [String: String] = [:]
      for entry in try directory.entries(Path.join(base, down)) {
        if let name = entry.script {
          reverts[RevertFiles.withoutEnding(name)] = entry.path
        }
      }
      let files = try directory.entries(Path.join(base, up)).compactMap { entry -> FoundFile? in
        guard let name = entry.script else { return nil }
        var file = FoundFile(named: Path.withoutEnding(name, ".up") ?? name, path: entry.path)
        file.revert = reverts[file.id.rawValue].map { .file($0) }
        return file.version.isEmpty ? nil : file
      }
      if !files.isEmpty { return FoundFiles(layout: .flat, base: base, files: files) }
    }
    return nil
  }
}
