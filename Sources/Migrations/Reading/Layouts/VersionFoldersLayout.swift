/// Folders named by a version, each with several scripts (`73/01_users.sql`, `v1.2/020_rooms.sql`): folder by folder,
/// and in a folder by the versions of the scripts.
///
/// Scripts beside the folders belong to the same sequence.
struct VersionFoldersLayout: LayoutReader {
  func files(in directory: ProjectDirectory, at base: String) throws(ProjectProblem) -> FoundFiles? {
    let entries = try directory.entries(base)
    let directories = entries.filter { $0.kind == .directory && StateFolders.place(of: $0.name) == nil }
    guard !directories.isEmpty else { return nil }
    let scripts = entries.compactMap { entry -> FoundFile? in
      guard entry.kind != .directory else { return nil }
      return entry.script.map { FoundFile(named: $0, path: entry.path) }
    }
    let own = scripts.filter { !$0.version.isEmpty && $0.beginsWithVersion }
    var folders: [(name: String, files: [FoundFile])] = []
    var warnings: [ProjectProblem] = []
    for entry in directories {
      let version = MigrationName(Self.withoutWord(entry.name))
      // Beside numbered scripts a folder counts only if its name is a version and nothing else.
      guard !version.version.isEmpty, version.title.isEmpty || own.isEmpty else { continue }
      let found = try Self.files(in: directory, folder: entry, warnings: &warnings)
      if !found.isEmpty { folders.append((entry.name, found)) }
    }
    guard !folders.isEmpty else { return nil }
    let alone = RevertFiles.paired(own)
    warnings += alone.warnings
    folders += alone.files.map { ($0.id.rawValue, [$0]) }
    folders.sort {
      MigrationID.precedes(MigrationID(Self.withoutWord($0.name)), MigrationID(Self.withoutWord($1.name)))
    }
    let files = folders.flatMap(\.files) + (try StateFolders.files(in: directory, base: base))
    return FoundFiles(layout: .versionFolders, base: base, files: files, isOrdered: true, warnings: warnings)
  }

  private static func files(
    in directory: ProjectDirectory, folder: ProjectDirectory.Entry, warnings: inout [ProjectProblem]
  ) throws(ProjectProblem) -> [FoundFile] {
    var files: [FoundFile] = []
    for entry in try directory.entries(folder.path) {
      if let name = entry.script {
        files.append(FoundFile(named: name, path: entry.path))
      }
    }
    let paired = RevertFiles.paired(FoundFile.told(apart: files))
    warnings += paired.warnings
    warnings += try NotForPostgres.warnings(in: directory, at: folder.path)
    return MigrationID.inOrder(paired.files, by: \.id).map { file in
      var named = file
      named.id = MigrationID("\(folder.name)/\(file.id)")
      named.version = MigrationName(withoutWord(folder.name)).version.text
      named.name = file.id.rawValue
      return named
    }
  }

  /// A folder's name without the word before its version (`v1.2`, `release-3`).
  private static func withoutWord(_ name: String) -> String {
    let word = name.prefix { !$0.isNumber }
    guard let first = word.first, first.isLetter else { return name }
    let letters = word.lowercased().filter(\.isLetter)
    return ["v", "version", "release", "r", "ver", "sprint"].contains(letters)
      ? String(name.dropFirst(word.count)) : name
  }
}
