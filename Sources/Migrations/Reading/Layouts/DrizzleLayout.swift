/// `NNNN_name.sql` beside `meta/_journal.json`, as Drizzle generates them.
///
/// The statements are told apart by `--> statement-breakpoint`, which is a comment to SQL.
struct DrizzleLayout: LayoutReader {
  func files(
    in directory: ProjectDirectory, base: String, isGiven: Bool
  ) throws(ProjectProblem) -> FoundFiles? {
    let usual = ["", "drizzle", "migrations", "drizzle/migrations"]
    for candidate in directory.candidates(base: base, isGiven: isGiven, usual: usual) {
      guard directory.kind(Path.join(candidate, "meta/_journal.json")) == .file else { continue }
      let files = try directory.entries(candidate).compactMap { entry in
        Path.withoutEnding(entry.name, ".sql").map { FoundFile(named: $0, path: entry.path) }
      }
      if !files.isEmpty { return FoundFiles(layout: .drizzle, base: candidate, files: files) }
    }
    return nil
  }
}
