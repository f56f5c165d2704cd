/// `supabase/migrations/`, as the Supabase CLI reads it: digits, `_`, a name, `.sql`, no folders below.
///
/// The state folders `_applied/` and `_skipped/` and the archive beside it are read too; the CLI passes them over.
struct SupabaseLayout: LayoutReader {
  func files(in directory: ProjectDirectory, at base: String) throws(ProjectProblem) -> FoundFiles? {
    guard Self.isItsDirectory(directory.location(of: base)) else { return nil }
    var files: [FoundFile] = []
    var warnings: [ProjectProblem] = []
    for entry in try directory.entries(base) {
      if entry.kind == .directory {
        if let warning = try Self.folder(entry, in: directory) { warnings.append(warning) }
        continue
      }
      guard let name = Path.withoutEnding(entry.name, ".sql") else { continue }
      let digits = name.prefix { $0.isASCII && $0.isNumber }
      if !digits.isEmpty, name.dropFirst(digits.count).first == "_" {
        var file = FoundFile(named: name, path: entry.path)
        file.version = String(digits)
        file.name = String(name.dropFirst(digits.count + 1))
        if files.isEmpty, Self.isOldInitialSchema(file) { file.place = .skipped }
        files.append(file)
      } else if !digits.isEmpty {
        // The CLI passes it over, but it is numbered like a migration (`019b_…`).
        files.append(FoundFile(named: name, path: entry.path))
        warnings.append(
          ProjectProblem(
            code: "not-for-supabase", message: "the Supabase CLI does not see `\(entry.name)`",
            location: FileLocation(file: entry.path),
            advice: "it reads names of the form `<digits>_name.sql` only"))
      } else {
        warnings.append(FlatLayout.unversioned(entry))
      }
    }
    let paired = try RevertFiles.paired(files, in: directory, at: base)
    let all = paired.files + (try StateFolders.files(in: directory, base: base))
    guard !all.isEmpty else { return nil }
    return FoundFiles(
      layout: .supabase, base: base, files: Self.inOrderOfTheCLI(all), isOrdered: true,
      warnings: warnings + paired.warnings)
  }

  /// What is to be said of a folder with scripts: the CLI passes all folders over, whatever is in them.
  private static func folder(
    _ folder: ProjectDirectory.Entry, in directory: ProjectDirectory
  ) throws(ProjectProblem) -> ProjectProblem? {
    guard StateFolders.place(of: folder.name) == nil,
      let script = try directory.entries(folder.path).first(where: { $0.script != nil })
    else { return nil }
    return ProjectProblem(
      code: "not-for-supabase",
      message: "the Supabase CLI does not look into folders: `\(folder.name)/` is left out",
      location: FileLocation(file: script.path),
      advice: "a migration of it is a file `<digits>_name.sql` in `migrations/` itself")
  }

  /// What is to be said where all migrations stand in folders of their own, as Prisma has them.
  static func warnings(ofFoldersIn directory: ProjectDirectory, at base: String) -> [ProjectProblem] {
    guard isItsDirectory(directory.location(of: base)) else { return [] }
    return [
      ProjectProblem(
        code: "not-for-supabase",
        message: "the Supabase CLI does not look into folders: it runs none of these migrations",
        location: FileLocation(file: base),
        advice: "they are read as Prisma's; for the CLI, each is a file `<digits>_name.sql`")
    ]
  }

  /// The CLI goes through the directory bytewise: `20260104093000_b.sql` comes before `20260104_a.sql`, whatever their
  /// numbers (`ListLocalMigrations` in its `pkg/migration/list.go`).
  private static func inOrderOfTheCLI(_ files: [FoundFile]) -> [FoundFile] {
    files.sorted { left, right in
      let name = Path.lastName(left.path)
      let other = Path.lastName(right.path)
      return name == other ? left.path.precedesBytewise(right.path) : name.precedesBytewise(other)
    }
  }

  private static func isItsDirectory(_ location: String) -> Bool {
    location == "supabase/migrations" || location.hasSuffix("/supabase/migrations")
  }

  /// The first file of projects begun before 9 December 2021, which the CLI never runs.
  private static func isOldInitialSchema(_ file: FoundFile) -> Bool {
    file.version.count == 14 && file.name == "init" && file.version < "20211209000000"
  }
}
