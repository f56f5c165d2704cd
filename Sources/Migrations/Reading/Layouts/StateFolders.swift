/// The folders whose names say what became of the migrations in them.
enum StateFolders {
  /// What a folder's name says, or nil if it says nothing.
  static func place(of folder: String) -> Migration.Place? {
    switch folder.lowercased() {
    case "_applied", "applied": .applied
    case "_skipped", "skipped", "_disabled", "disabled", "_ignored", "ignored": .skipped
    case "_archive", "archive", "_archived", "archived", "migrations_archive", "migrations_archived",
      "archived_migrations", "_applied_backup", "_old", "old", "_deprecated", "deprecated", "_legacy",
      "_backup":
      .archived
    default: nil
    }
  }

  /// Endings by which people switch a file off.
  private static let offEndings = [
    ".sql.skip", ".sql.skipped", ".sql.disabled", ".sql.off", ".sql.ignore",
  ]

  /// Every script in the state folders of a directory of migrations, and in the archive beside it; and the files of the
  /// directory itself that are switched off by their ending.
  static func files(in directory: ProjectDirectory, base: String) throws(ProjectProblem) -> [FoundFile] {
    var found: [FoundFile] = []
    for entry in try directory.entries(base) {
      if let name = offEndings.lazy.compactMap({ Path.withoutEnding(entry.name, $0) }).first {
        found.append(FoundFile(named: name, path: entry.path, place: .skipped))
      }
      guard entry.kind == .directory, let place = place(of: entry.name) else { continue }
      found += try files(in: directory, folder: entry.path, place: place)
    }
    let archive = Path.join(Path.parent(base), Path.lastName(base) + "_archive")
    if !base.isEmpty { found += try files(in: directory, folder: archive, place: .archived) }
    return found
  }

  private static func files(
    in directory: ProjectDirectory, folder: String, place: Migration.Place
  ) throws(ProjectProblem) -> [FoundFile] {
    let entries = try directory.entries(folder)
    return RevertFiles.paired(
      entries.compactMap { entry in
        entry.script.map { FoundFile(named: $0, path: entry.path, place: place) }
      }
    ).files
  }
}
