/// Finds the directory of migrations below a directory that has none itself.
struct MigrationSearch {
  /// How sure it is that a directory is the one that is meant, the surest first.
  private enum Rank: Int, Comparable {
    /// The marks of a tool are there.
    case tool
    /// Versioned files in a directory that is called as people call directories of migrations.
    case named
    /// Versioned files somewhere.
    case versioned

    static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
  }

  private static let depth = 8
  private static let limit = 10_000

  private static let names: Set<String> = [
    "migration", "migrations", "migrate", "delta", "deltas", "patches", "patch", "upgrade", "upgrades",
    "update",
    "updates", "versions", "changes", "changesets", "evolutions", "schema_migrations", "db_migrations",
  ]

  /// Directories that hold what others have written, or what was built.
  private static let foreign: Set<String> = [
    "node_modules", "vendor", "third_party", "target", "build", "dist", "out", "venv", "__pycache__",
    "site-packages",
    "pods", "deps",
  ]

  /// Directories whose scripts are no migrations, or those of somebody else's example.
  private static let besides: Set<String> = [
    "test", "tests", "testdata", "test_data", "__tests__", "spec", "fixtures", "fixture", "example",
    "examples",
    "sample", "samples", "doc", "docs", "seed", "seeds", "seeders", "backup", "backups", "snippets",
  ]

  /// Whether a folder's name, in lower case, says that what is in it are none of the project's own migrations.
  static func holdsNoMigrations(_ name: String) -> Bool { foreign.contains(name) || besides.contains(name) }

  private let directory: ProjectDirectory
  private var found: [(files: FoundFiles, rank: Rank)] = []
  private var warnings: [ProjectProblem] = []

  private init(_ directory: ProjectDirectory) { self.directory = directory }

  /// The only directory below `base` that holds migrations, as its layout gives them; nil if there is none.
  ///
  /// - Throws: a problem that names them all if there are several that are equally sure.
  static func files(
    in directory: ProjectDirectory, below base: String
  ) throws(ProjectProblem) -> FoundFiles? {
    var search = MigrationSearch(directory)
    search.walk(below: base, passing: foreign.union(besides))
    if search.found.isEmpty { search.walk(below: base, passing: foreign) }
    return try search.choice()
  }

  private mutating func walk(below base: String, passing passed: Set<String>) {
    var level = [base]
    var seen = 0
    for _ in 0..<Self.depth where !level.isEmpty {
      var next: [String] = []
      for path in level where seen < Self.limit {
        for child in folders(of: path, passing: passed) {
          seen += 1
          if !accept(child) { next.append(child) }
        }
      }
      level = next
    }
  }

  private mutating func folders(of path: String, passing passed: Set<String>) -> [String] {
    entries(path).filter { entry in
      entry.kind == .directory && !passed.contains(entry.name.lowercased())
        && StateFolders.place(of: entry.name) == nil
    }.map(\.path)
  }

  /// Whether the directory surely holds migrations; then nothing is looked for below it.
  private mutating func accept(_ path: String) -> Bool {
    guard isPromising(path) else { return false }
    do {
      guard let files = try KnownLayouts.files(in: directory, at: path) else { return false }
      let rank = Self.rank(of: files)
      found.append((files, rank))
      // What looks like a schema may have its migrations in a folder of its own (`sql/upgrades`).
      return rank != .versioned
    } catch {
      warnings.append(error)
      return false
    }
  }

  /// Whether there are scripts in the directory or in one right below it, or a tool's plan.
  private mutating func isPromising(_ path: String) -> Bool {
    let held = entries(path)
    if held.contains(where: { Self.isScript($0) || SqitchLayout.isItsFile($0.name) }) { return true }
    return held.contains { entry in
      entry.kind == .directory && entries(entry.path).contains(where: Self.isScript)
    }
  }

  private static func isScript(_ entry: ProjectDirectory.Entry) -> Bool {
    entry.kind != .directory && ScriptFileName.base(of: entry.name) != nil
  }

  private mutating func entries(_ path: String) -> [ProjectDirectory.Entry] {
    do {
      return try directory.entries(path)
    } catch {
      if !warnings.contains(error) { warnings.append(error) }
      return []
    }
  }

  private static func rank(of files: FoundFiles) -> Rank {
    switch files.layout {
    case .flat, .patch, .versionFolders:
      let name = Path.lastName(files.base).lowercased()
      let isNamed = names.contains(name) || ScriptFileName.isForPostgres(folder: name)
      return isNamed ? .named : .versioned
    default: return .tool
    }
  }

  private func choice() throws(ProjectProblem) -> FoundFiles? {
    let own = found.filter { Self.otherSystem(of: $0.files.base) == nil }
    let usable = own.isEmpty ? found : own
    guard let best = usable.map(\.rank).min() else {
      if let reason = warnings.first { throw reason }
      return nil
    }
    let surest = usable.filter { $0.rank == best }.map(\.files)
    guard surest.count == 1, var files = surest.first else {
      throw Self.several(surest, root: directory.root)
    }
    files.warnings += warnings
    if !Self.isUsual(files.base) {
      files.warnings.append(
        ProjectProblem(
          code: "found-below",
          message: "the migrations are those in `\(files.base)` (\(files.layout.rawValue))",
          location: FileLocation(file: files.base)))
    }
    let named = files.warnings.filter { $0.code == FoldersBeside.code }.compactMap(\.location?.file)
    for other in found.map(\.files) where other.base != files.base {
      if named.contains(where: { Path.parent($0) == other.base }) { continue }
      files.warnings.append(
        ProjectProblem(
          code: "several-layouts",
          message: "`\(other.base)` holds migrations too (\(other.layout.rawValue)), which are left out",
          location: FileLocation(file: other.base),
          advice: "if these are meant, name the directory in signalbox.toml: migrations = \"\(other.base)\""))
    }
    return files
  }

  /// Whether everybody expects it there, so that nothing need be said (`migrations`, `supabase/migrations`).
  private static func isUsual(_ path: String) -> Bool {
    path.split(separator: "/").count <= 2 && ["migrations", "drizzle", "sql"].contains(Path.lastName(path))
  }

  private static func otherSystem(of path: String) -> String? {
    path.split(separator: "/").lazy.compactMap { ScriptFileName.otherSystem(ofFolder: String($0)) }.first
  }

  private static func several(_ candidates: [FoundFiles], root: String) -> ProjectProblem {
    let shown = candidates.prefix(8).map { found in
      "`\(found.base)` (\(found.layout.rawValue), \(found.files.count) \(found.files.count == 1 ? "file" : "files"))"
    }.joined(separator: ", ")
    let first = candidates.first?.base ?? ""
    let second = candidates.dropFirst().first?.base ?? ""
    return ProjectProblem(
      code: "several-directories",
      message:
        "there are \(candidates.count) directories of migrations: \(shown)\(candidates.count > 8 ? ", …" : "")",
      location: FileLocation(file: root),
      advice:
        "choose one with --project \(Path.join(root, first)), or in signalbox.toml: migrations = \"\(first)\"; "
        + "for one database built from several, list them in their order: migrations = [\"\(first)\", \"\(second)\"]"
    )
  }
}
