import Script

/// Finds the migration files of one way of laying out a directory; it looks at names, and at contents only where a tool
/// keeps its marks there.
protocol LayoutReader: Sendable {
  /// The files of a directory, or nil if they are not laid out in this way.
  ///
  /// `base` is relative to the project's root; the directories above and beside it are none of the reader's business.
  func files(in directory: ProjectDirectory, at base: String) throws(ProjectProblem) -> FoundFiles?
}

/// The migration files of a project, as their layout gives them.
struct FoundFiles: Sendable {
  var layout: Layout
  /// The directory that they are in, relative to the project's root.
  var base: String
  var files: [FoundFile]
  /// Whether the files are already in order (a plan says so); else their versions decide.
  var isOrdered = false
  var warnings: [ProjectProblem] = []
  /// What stands for `${name}` in the files, where the tool fills such marks in.
  var placeholders = PlaceholderValues()

  init(
    layout: Layout, base: String, files: [FoundFile], isOrdered: Bool = false, warnings: [ProjectProblem] = []
  ) {
    self.layout = layout
    self.base = base
    self.files = files
    self.isOrdered = isOrdered
    self.warnings = warnings
  }

  /// Several directories for one database, one behind the other; nil if there is none.
  ///
  /// Where two of them use a name, all names get their directory's before them.
  init?(joining parts: [FoundFiles]) {
    guard var joined = parts.first else { return nil }
    let ids = parts.flatMap(\.files).map(\.id)
    let isAmbiguous = Set(ids).count < ids.count
    joined.files = parts.flatMap { part in
      part.files.map { file in
        guard parts.count > 1, isAmbiguous else { return file }
        var named = file
        named.id = MigrationID("\(part.base)/\(file.id)")
        named.recordedVersion = file.recordedVersion ?? file.id.rawValue
        return named
      }
    }
    let bases = Set(parts.map(\.base))
    joined.warnings = parts.flatMap(\.warnings).filter {
      $0.code != FoldersBeside.code || !bases.contains(Path.parent($0.location?.file ?? ""))
    }
    self = joined
  }

  /// What the layout alone says of the host.
  var platform: Platform { layout == .supabase ? .supabase : .none }

  /// The same with its files in order.
  var inOrder: FoundFiles {
    guard !isOrdered else { return self }
    var copy = self
    copy.files = MigrationID.inOrder(files, by: \.id)
    copy.isOrdered = true
    return copy
  }
}

/// One migration file before it is read.
struct FoundFile: Sendable {
  var id: MigrationID
  var version: String
  var name: String
  /// Relative to the project's root.
  var path: String
  var place: Migration.Place = .active
  /// Which part of the file is the migration.
  var part: FilePart = .whole
  var revert: RevertSource?
  var forbidsTransaction = false
  var requirements: [DeclaredRequirement] = []
  /// The version under which its tool records it, where that is not the version of the name.
  var recordedVersion: String?
  /// The migrations that it makes needless in an empty database.
  var covers: [MigrationID] = []
  /// Why it is skipped, if the layout knows.
  var skipReason: String?

  /// Takes id, version and name from a name.
  init(named name: String, path: String, place: Migration.Place = .active) {
    let parts = MigrationName(name)
    id = MigrationID(name)
    version = parts.version.text
    self.name = parts.title
    self.path = path
    self.place = place
  }

  /// The same files, where two of them share a name (`a.sql`, `a.sql.postgres`) with their endings as part of it.
  static func told(apart files: [FoundFile]) -> [FoundFile] {
    guard Set(files.map(\.id)).count < files.count else { return files }
    let counts = Dictionary(grouping: files, by: \.id).mapValues(\.count)
    return files.map { file in
      guard counts[file.id] ?? 0 > 1, !file.path.hasSuffix(".sql") else { return file }
      var named = file
      named.id = MigrationID(Path.lastName(file.path))
      return named
    }
  }

  /// Whether its name begins with a digit.
  var beginsWithVersion: Bool { id.rawValue.utf8.first.map { (0x30...0x39).contains($0) } ?? false }
}

/// The part of a file that is a migration, or its revert script.
enum FilePart: Sendable, Hashable {
  case whole
  /// What stands under the lines that one of these comments begins, up to the next mark of the other direction.
  case marked(DirectionMarks, up: Bool)
}

/// Where the script that reverts a migration stands.
enum RevertSource: Sendable, Hashable {
  case file(String)
  /// In the migration's own file.
  case samePart(DirectionMarks)
}
