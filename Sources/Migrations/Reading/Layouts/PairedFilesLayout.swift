/// Two files for each migration, `NAME.up.sql` and `NAME.down.sql`, as golang-migrate and sqlx name them.
struct PairedFilesLayout: LayoutReader {
  func files(
    in directory: ProjectDirectory, base: String, isGiven: Bool
  ) throws(ProjectProblem) -> FoundFiles? {
    for candidate in directory.candidates(base: base, isGiven: isGiven, usual: FlatLayout.usualDirectories) {
      var reverts: [String: String] = [:]
      var files: [FoundFile] = []
      for entry in try directory.entries(candidate) {
        if let name = Path.withoutEnding(entry.name, ".up.sql") {
          files.append(FoundFile(named: name, path: entry.path))
        } else if let name = Path.withoutEnding(entry.name, ".down.sql") {
          reverts[name] = entry.path
        }
      }
      guard !files.isEmpty else { continue }
      for index in files.indices { files[index].revert = reverts[files[index].id.rawValue].map { .file($0) } }
      files += try StateFolders.files(in: directory, base: candidate)
      return FoundFiles(layout: .golangMigrate, base: candidate, files: files)
    }
    return nil
  }
}
