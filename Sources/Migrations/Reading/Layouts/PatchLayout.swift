/// One `PATCH.sql`, with the `ROLLBACK.sql` that reverts it.
struct PatchLayout: LayoutReader {
  func files(in directory: ProjectDirectory, at base: String) throws(ProjectProblem) -> FoundFiles? {
    let entries = try directory.entries(base)
    func path(_ name: String) -> String? {
      entries.first { $0.name.utf8.count == name.utf8.count && $0.name.uppercased() == name }.map(\.path)
    }
    guard let patch = path("PATCH.SQL") else { return nil }
    let isFlat = entries.contains { entry in
      entry.script.map { FoundFile(named: $0, path: entry.path).beginsWithVersion }
        ?? false
    }
    if isFlat { return nil }
    let name = Path.lastName(patch)
    var file = FoundFile(named: Path.withoutEnding(name, String(name.suffix(4))) ?? name, path: patch)
    file.revert = path("ROLLBACK.SQL").map { .file($0) }
    return FoundFiles(layout: .patch, base: base, files: [file])
  }
}
