import Script

/// Finds the migration files of one way of laying out a project; it looks at names, and at contents only where a
/// tool keeps its marks there.
protocol LayoutReader: Sendable {
  /// The files below a directory, or nil if they are not laid out in this way.
  ///
  /// `base` is relative to the project's root. With `isGiven` the project file names it, and only it is looked at; else
  /// the places where the layout's tool keeps its files are looked at too.
  func files(
    in directory: ProjectDirectory, base: String, isGiven: Bool
  ) throws(ProjectProblem) -> FoundFiles?
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

  /// Takes id, version and name from a name.
  init(named name: String, path: String, place: Migration.Place = .active) {
    let parts = MigrationName(name)
    id = MigrationID(name)
    version = parts.version.text
    self.name = parts.title
    self.path = path
    self.place = place
  }
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

extension ProjectDirectory {
  /// The directories to look at: the given one, or the base and the usual ones below it.
  func candidates(base: String, isGiven: Bool, usual: [String]) -> [String] {
    isGiven ? [base] : usual.map { Path.join(base, $0) }.filter { kind($0) == .directory || $0.isEmpty }
  }
}
