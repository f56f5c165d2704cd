/// One directory of files that begin with a version, with folders for what is applied, skipped or archived.
struct FlatLayout: LayoutReader {
  static let usualDirectories = [
    "", "migrations", "db/migrations", "database/migrations", "sql/migrations", "sql",
  ]

  func files(
    in directory: ProjectDirectory, base: String, isGiven: Bool
  ) throws(ProjectProblem) -> FoundFiles? {
    for candidate in directory.candidates(base: base, isGiven: isGiven, usual: Self.usualDirectories) {
      if let found = try Self.files(in: directory, at: candidate) { return found }
    }
    return nil
  }

  private static func files(
    in directory: ProjectDirectory, at base: String
  ) throws(ProjectProblem) -> FoundFiles? {
    var versioned: [FoundFile] = []
    var others: [ProjectDirectory.Entry] = []
    for entry in try directory.entries(base) {
      guard let name = Path.withoutEnding(entry.name, ".sql") else { continue }
      let file = FoundFile(named: name, path: entry.path)
      if file.version.isEmpty { others.append(entry) } else { versioned.append(file) }
    }
    let files = RevertFiles.paired(versioned) + (try StateFolders.files(in: directory, base: base))
    guard !files.isEmpty else { return nil }
    return FoundFiles(layout: .flat, base: base, files: files, warnings: others.map(Self.unversioned))
  }

  static func unversioned(_ entry: ProjectDirectory.Entry) -> ProjectProblem {
    ProjectProblem(
      code: "no-version", message: "`\(entry.name)` begins with no version and is left out",
      location: FileLocation(file: entry.path),
      advice: "give it a version if it is a migration (`001_\(entry.name)`)")
  }
}
