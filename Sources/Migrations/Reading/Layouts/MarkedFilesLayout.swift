/// Both directions in one file, told apart by comments, as dbmate and goose have it.
struct MarkedFilesLayout: LayoutReader {
  let layout: Layout
  let marks: DirectionMarks
  /// Whether the tool orders the files as text; else their versions decide.
  let isOrderedByName: Bool

  static let dbmate = MarkedFilesLayout(layout: .dbmate, marks: .dbmate, isOrderedByName: true)
  static let goose = MarkedFilesLayout(layout: .goose, marks: .goose, isOrderedByName: false)

  /// How many files are looked into for the marks before the directory is taken for another layout.
  private static let filesToLookInto = 3

  func files(
    in directory: ProjectDirectory, base: String, isGiven: Bool
  ) throws(ProjectProblem) -> FoundFiles? {
    for candidate in directory.candidates(base: base, isGiven: isGiven, usual: FlatLayout.usualDirectories) {
      let entries = try directory.entries(candidate).filter { entry in
        Path.withoutEnding(entry.name, ".sql").map { !MigrationName($0).version.isEmpty } ?? false
      }
      let readable = entries.filter { $0.kind == .file }.prefix(Self.filesToLookInto)
      guard readable.contains(where: { hasMarks($0.path, in: directory) }) else { continue }
      let files = entries.compactMap { entry -> FoundFile? in
        guard let name = Path.withoutEnding(entry.name, ".sql") else { return nil }
        var file = FoundFile(named: name, path: entry.path)
        // A file without marks has one direction only.
        if hasMarks(entry.path, in: directory) {
          file.part = .marked(marks, up: true)
          file.revert = .samePart(marks)
        }
        return file
      }
      return FoundFiles(
        layout: layout, base: candidate,
        files: files + (try StateFolders.files(in: directory, base: candidate)),
        isOrdered: isOrderedByName)
    }
    return nil
  }

  /// An unreadable file has none: reading it for good reports it.
  private func hasMarks(_ path: String, in directory: ProjectDirectory) -> Bool {
    do {
      return marks.appear(in: SourceText(try directory.read(path)))
    } catch {
      return false
    }
  }
}
