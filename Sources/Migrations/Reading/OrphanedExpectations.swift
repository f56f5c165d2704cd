/// Files of expectations that stand beside no migration: their migration was renamed, or their name has a slip.
enum OrphanedExpectations {
  private static let ending = ".expect.toml"

  /// A warning for each, in the directories that hold migrations.
  static func warnings(in directory: ProjectDirectory, beside files: [FoundFile]) -> [ProjectProblem] {
    var found: [ProjectDirectory.Entry] = []
    for folder in Set(files.map { Path.split($0.path).parent }).sorted() {
      // A directory that cannot be listed was told when its migrations were looked for.
      guard let entries = try? directory.entries(String(folder)) else { continue }
      found += entries.filter { $0.kind != .directory && $0.name.hasEnding(ending) }
    }
    guard !found.isEmpty else { return [] }
    let claimed = Set(files.flatMap { ExpectationFile.paths(beside: $0.path) })
    return found.compactMap { entry in
      if claimed.contains(entry.path) { return nil }
      let stem = entry.name.dropLast(ending.count)
      return ProjectProblem(
        code: "orphaned-expectations",
        message: "no migration is called `\(stem)`: what this file expects is not checked",
        location: FileLocation(file: entry.path),
        advice: "give it the name of its migration, with `\(ending)` for `.sql`")
    }
  }
}
