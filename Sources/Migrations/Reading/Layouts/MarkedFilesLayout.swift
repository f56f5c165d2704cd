/// Both directions in one file, told apart by comments, as dbmate and goose have it.
struct MarkedFilesLayout: LayoutReader {
  let layout: Layout
  let marks: DirectionMarks
  /// Whether the tool orders the files as text; else their versions decide.
  let isOrderedByName: Bool

  static let all: [any LayoutReader] = [
    MarkedFilesLayout(layout: .dbmate, marks: .dbmate, isOrderedByName: true),
    MarkedFilesLayout(layout: .goose, marks: .goose, isOrderedByName: false),
    MarkedFilesLayout(layout: .sqlMigrate, marks: .sqlMigrate, isOrderedByName: false),
    MarkedFilesLayout(layout: .marked, marks: .rambler, isOrderedByName: true),
    MarkedFilesLayout(layout: .marked, marks: .micrate, isOrderedByName: false),
    MarkedFilesLayout(layout: .nodePgMigrate, marks: .nodePgMigrate, isOrderedByName: false),
    MarkedFilesLayout(layout: .play, marks: .play, isOrderedByName: false),
    MarkedFilesLayout(layout: .tern, marks: .tern, isOrderedByName: false),
    MarkedFilesLayout(layout: .marked, marks: .mybatis, isOrderedByName: false),
    MarkedFilesLayout(layout: .marked, marks: .plain, isOrderedByName: false),
  ]

  /// How many files are looked into for the marks before the directory is taken for another layout.
  private static let filesToLookInto = 5

  func files(in directory: ProjectDirectory, at base: String) throws(ProjectProblem) -> FoundFiles? {
    let all = try directory.entries(base)
    let readable = all.lazy.filter { $0.isVersioned && $0.kind == .file }.prefix(Self.filesToLookInto)
    guard readable.contains(where: { hasMarks($0.path, in: directory) }) else { return nil }
    let entries = all.filter(\.isVersioned)
    let files = entries.compactMap { entry -> FoundFile? in
      guard let name = entry.script else { return nil }
      var file = FoundFile(named: name, path: entry.path)
      // A file without marks has one direction only.
      if hasMarks(entry.path, in: directory) {
        file.part = .marked(marks, up: true)
        file.revert = .samePart(marks)
      }
      return file
    }
    let unversioned = all.filter { $0.script != nil && !$0.isVersioned }
    return FoundFiles(
      layout: layout, base: base, files: files + (try StateFolders.files(in: directory, base: base)),
      isOrdered: isOrderedByName, warnings: unversioned.map(FlatLayout.unversioned))
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
