import TOML

/// Finds the files that the project file's baselines cover, and puts each baseline where an empty database wants it.
struct BaselineDeclarations {
  private var files: [FoundFile]
  private let context: ProjectFileProblems?
  private(set) var problems: [ProjectProblem] = []

  /// - Parameter files: in their order.
  init(_ files: [FoundFile], problems context: ProjectFileProblems?) {
    self.files = files
    self.context = context
  }

  /// The files, the baselines among them before the first that they do not cover.
  mutating func applied(_ declarations: [MigrationDeclaration]) -> [FoundFile] {
    let lookup = MigrationLookup(files.map(\.id))
    for declaration in declarations where !declaration.covers.isEmpty {
      guard let id = lookup.one(declaration.key.name),
        let index = files.firstIndex(where: { $0.id == id })
      else { continue }
      let covered = declaration.covers.flatMap { self.covered($0, by: lookup) }
      files[index].covers += files.map(\.id).filter { covered.contains($0) && $0 != id }
    }
    for baseline in files where !baseline.covers.isEmpty {
      guard let place = files.firstIndex(where: { $0.id == baseline.id }) else { continue }
      let covered = Set(baseline.covers)
      let first = files.firstIndex { $0.place.isRunnable && $0.covers.isEmpty && !covered.contains($0.id) }
      guard let first, first < place else { continue }
      files.insert(files.remove(at: place), at: first)
    }
    return files
  }

  /// What one entry of `covers` names: a migration, a range `A..B`, or `archived`.
  private mutating func covered(_ entry: TOMLText, by lookup: MigrationLookup) -> [MigrationID] {
    if entry.text == "archived" { return files.filter { $0.place == .archived }.map(\.id) }
    if let range = SelectorRange(entry.text) {
      let lower = range.lower.flatMap(MigrationVersion.init)
      let upper = range.upper.flatMap(MigrationVersion.init)
      let found = files.map(\.id).filter { MigrationName($0.rawValue).version.lies(from: lower, to: upper) }
      if found.isEmpty || (range.lower != nil && lower == nil) || (range.upper != nil && upper == nil) {
        refuse("no migration has a version in the range `\(entry.text)`", entry)
      }
      return found
    }
    switch lookup.find(entry.text) {
    case .one(let id): return [id]
    case .several(let ids): return ids
    case .none(let nearest):
      refuse(
        "there is no migration to cover named `\(entry.text)`", entry, nearest.map { "did you mean `\($0)`?" }
      )
      return []
    }
  }

  private mutating func refuse(_ message: String, _ entry: TOMLText, _ advice: String? = nil) {
    if let context {
      problems.append(context.problem("unknown-migration", message, at: entry.position, advice: advice))
    }
  }
}
