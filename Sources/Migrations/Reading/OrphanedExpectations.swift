/// Files of expectations that stand beside no migration: their migration was renamed, or their name has a slip.
enum OrphanedExpectations {
  private static let ending = ".expect.toml"

  /// A warning for each, in the directories that hold migrations.
  static func warnings(in directory: ProjectDirectory, beside files: [FoundFile]) -> [ProjectProblem] {
    let claimed = Set(files.flatMap { ExpectationFile.paths(beside: $0.path) })
    var warnings: [ProjectProblem] = []
    for folder in Set(files.map { Path.parent($0.path) }).sorted() {
      // A directory that cannot be listed was told when its migrations were looked for.
      guard let entries = try? directory.entries(folder) else { continue }
      for entry in entries
      where entry.kind != .directory && entry.name.hasEnding(ending) && !claimed.contains(entry.path) {
        let stem = entry.name.dropLast(ending.count)
        warnings.append(
          ProjectProblem(
            code: "orphaned-expectations",
            message: "no migration is called `\(stem)`: what this file expects is not checked",
            location: FileLocation(file: entry.path),
            advice: "give it the name of its migration, with `\(ending)` for `.sql`"))
      }
    }
    return warnings
  }
}
