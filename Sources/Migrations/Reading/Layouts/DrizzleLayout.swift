import JSON

/// `NNNN_name.sql` in the order of `meta/_journal.json`, as Drizzle generates them.
///
/// The statements are told apart by `--> statement-breakpoint`, which is a comment to SQL. Its table in the database
/// keeps no names, only the journal's time of each file.
struct DrizzleLayout: LayoutReader {
  func files(in directory: ProjectDirectory, at base: String) throws(ProjectProblem) -> FoundFiles? {
    let path = Path.join(base, "meta/_journal.json")
    guard directory.kind(path) == .file else { return nil }
    var scripts: [String: FoundFile] = [:]
    for entry in try directory.entries(base) {
      guard let name = Path.withoutEnding(entry.name, ".sql") else { continue }
      scripts[name] = FoundFile(named: name, path: entry.path)
    }
    guard !scripts.isEmpty else { return nil }
    let journal = JSONReader.read(try directory.contents(of: path, called: "journal"))
    let byName = scripts.values.sorted { MigrationID.precedes($0.id, $1.id) }
    guard let entries = journal?["entries"]?.elements else {
      return FoundFiles(
        layout: .drizzle, base: base, files: byName, isOrdered: true,
        warnings: [
          ProjectProblem(
            code: "invalid-journal",
            message: "the journal has no entries: the files are taken in order of their names",
            location: FileLocation(file: path))
        ])
    }
    var files: [FoundFile] = []
    for (index, entry) in entries.enumerated() {
      guard let tag = entry["tag"]?.stringValue else { continue }
      var file =
        scripts.removeValue(forKey: tag) ?? FoundFile(named: tag, path: Path.join(base, tag + ".sql"))
      file.recordedVersion = (entry["when"]?.integerValue).map(String.init)
      files.append(file)
      if entries[..<index].contains(where: { $0["tag"] == entry["tag"] }) { files.removeLast() }
    }
    let others = byName.filter { scripts[$0.id.rawValue] != nil }
    return FoundFiles(
      layout: .drizzle, base: base, files: files, isOrdered: true,
      warnings: others.map { file in
        ProjectProblem(
          code: "not-in-order",
          message: "`\(Path.lastName(file.path))` is not in the journal and is left out",
          location: FileLocation(file: file.path),
          advice: "\(path) says what Drizzle runs, and in which order")
      })
  }
}
