/// Decides what a new migration of a project is called, where it stands and what it begins with.
public struct NewMigrationPlanner: Sendable {
  /// What the operator wants.
  public struct Request: Sendable, Hashable {
    /// What it is to do, in words or as a file name.
    public var name: String
    /// The migrations that it needs.
    public var requires: [MigrationID]
    /// The phase whose last migration it follows; nil for the last of all.
    public var phase: Phase?
    /// Now, in seconds since 1970, UTC.
    public var time: Double
    /// Who makes it, as plans record it (`Ada <ada@desk>`).
    public var author: String

    /// Makes a request from its parts.
    public init(
      name: String, requires: [MigrationID] = [], phase: Phase? = nil, time: Double, author: String
    ) {
      self.name = name
      self.requires = requires
      self.phase = phase
      self.time = time
      self.author = author
    }
  }

  private let layout: Layout
  private let migrations: [Migration]
  private let base: String

  /// Plans for a project.
  public init(_ project: Project) {
    layout = project.layout
    migrations = project.migrations
    base = Self.base(of: project)
  }

  /// Plans for a directory without migrations.
  ///
  /// - Parameter base: where they are to be, relative to the project's root.
  public init(emptyWith layout: Layout, base: String) {
    self.layout = layout
    migrations = []
    self.base = base
  }

  /// What is to be written.
  ///
  /// - Throws: a problem if the name says nothing or the layout's own tool must make the migration.
  public func plan(_ request: Request) throws(ProjectProblem) -> NewMigration {
    let title = Self.title(request.name)
    guard !title.isEmpty else {
      throw ProjectProblem(
        code: "no-name", message: "`\(request.name)` has no letter or digit to make a file name of",
        advice: "say what the migration does: signalbox new \"add user emails\"")
    }
    switch layout {
    case .patch:
      throw ProjectProblem(
        code: "one-patch", message: "this project is one patch, and has room for no second migration",
        advice: "number the files (001_….sql) to make it a project of several")
    case .drizzle:
      throw ProjectProblem(
        code: "drizzle-journal",
        message: "Drizzle keeps a journal and snapshots of its own beside each migration",
        advice: "let it make the file: drizzle-kit generate --custom --name=\(title)")
    case .sqitch: return sqitchChange(title, request)
    default: break
    }
    let id = newID(title, request)
    let head = Self.head(request)
    switch layout {
    case .prisma, .diesel:
      let folder = Path.join(base, id)
      let names = layout == .prisma ? ("migration.sql", "down.sql") : ("up.sql", "down.sql")
      var files = [NewMigration.File(path: Path.join(folder, names.0), text: head)]
      if layout == .diesel || hasReverts { files.append(revert(Path.join(folder, names.1), of: id)) }
      return NewMigration(id: MigrationID(id), files: files)
    case .dbmate:
      return single(id, text: "\(head)\n-- migrate:up\n\n-- migrate:down\n")
    case .goose:
      return single(id, text: "\(head)\n-- +goose Up\n\n-- +goose Down\n")
    case .sqlMigrate:
      return single(id, text: "\(head)\n-- +migrate Up\n\n-- +migrate Down\n")
    case .nodePgMigrate:
      return single(id, text: "\(head)\n-- Up Migration\n\n-- Down Migration\n")
    case .tern:
      return single(id, text: "\(head)\n\n---- create above / drop below ----\n\n")
    case .golangMigrate:
      return NewMigration(
        id: MigrationID(id),
        files: [
          NewMigration.File(path: Path.join(base, id + ".up.sql"), text: head),
          revert(Path.join(base, id + ".down.sql"), of: id),
        ])
    case .flyway:
      var made = single(id, text: head)
      if hasReverts { made.files.append(revert(Path.join(base, "U" + id.dropFirst() + ".sql"), of: id)) }
      return made
    default:
      var made = single(id, text: head)
      if hasReverts { made.files.append(revert(Path.join(base, id + ".down.sql"), of: id)) }
      return made
    }
  }

  // MARK: Names

  private func newID(_ title: String, _ request: Request) -> String {
    let last = lastVersion(request)
    let style = last.map(VersionStyle.init(of:)) ?? usualStyle
    let taken = Set(migrations.compactMap { Self.version(of: $0)?.text })
    let version = style.next(after: last, time: request.time) { text in
      taken.contains(text)
        || MigrationVersion(text).map { new in
          migrations.contains { Self.version(of: $0)?.isSameValue(as: new) ?? false }
        } ?? false
    }
    return layout == .flyway ? "V\(version)__\(title)" : "\(version)_\(title)"
  }

  /// The version that a counted one follows, and whose style a new one takes.
  private func lastVersion(_ request: Request) -> MigrationVersion? {
    if let phase = request.phase {
      let members = Set(phase.migrations)
      return migrations.last { members.contains($0.id) && Self.version(of: $0) != nil }.flatMap(Self.version)
    }
    let versioned = migrations.filter { $0.isRunnable && Self.version(of: $0) != nil }
    // A consolidated schema of all nines is the end of the order, not the one before the next.
    let last = versioned.last { !($0.version.allSatisfy { $0 == "9" } && $0.version.count > 3) }
    return (last ?? versioned.last).flatMap(Self.version)
  }

  private static func version(of migration: Migration) -> MigrationVersion? {
    MigrationVersion(migration.version)
  }

  /// How the layout's own tool numbers the first.
  private var usualStyle: VersionStyle {
    switch layout {
    case .supabase, .prisma, .dbmate, .goose: .second
    case .diesel: .dayAndTime(dashes: true, separator: "-")
    case .golangMigrate: .number(digits: 6)
    case .flyway: .number(digits: 1)
    default: .number(digits: 3)
    }
  }

  /// The words in lower case with underscores between them.
  private static func title(_ name: String) -> String {
    let words = name.lowercased().split { !($0.isLetter || $0.isNumber) }
    let title = words.joined(separator: "_")
    // File systems take 255 bytes; the version and an ending must fit, too.
    var kept = ""
    for character in title where kept.utf8.count + character.utf8.count <= 180 { kept.append(character) }
    return kept
  }

  // MARK: Texts

  private static func head(_ request: Request) -> String {
    let sentence = request.name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    var lines = ["-- \(sentence)"]
    if !request.requires.isEmpty {
      lines.append("-- requires: \(request.requires.map(\.rawValue).joined(separator: ", "))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func revert(_ path: String, of id: String) -> NewMigration.File {
    NewMigration.File(path: path, text: "-- Takes back \(id).\n")
  }

  private func single(_ id: String, text: String) -> NewMigration {
    NewMigration(
      id: MigrationID(id), files: [NewMigration.File(path: Path.join(base, id + ".sql"), text: text)])
  }

  /// Whether the project's migrations have revert scripts in files of their own.
  private var hasReverts: Bool {
    let own = migrations.filter(\.isRunnable)
    let reverted = own.count { $0.revertFile != nil && $0.revertFile != $0.file }
    return reverted > 0 && reverted * 2 >= own.count
  }

  /// A change of Sqitch: three scripts, and a line of the plan (sqitch documentation, "Plan file").
  private func sqitchChange(_ title: String, _ request: Request) -> NewMigration {
    let needs =
      request.requires.isEmpty ? "" : " [\(request.requires.map(\.rawValue).joined(separator: " "))]"
    let date = CivilTime(request.time).text
    let note = request.name.split(whereSeparator: \.isNewline).joined(separator: " ")
    let line = "\(title)\(needs) \(date) \(request.author) # \(note)\n"
    func file(_ folder: String, _ body: String, _ verb: String) -> NewMigration.File {
      NewMigration.File(
        path: Path.join(base, "\(folder)/\(title).sql"),
        text: "-- \(verb) \(title)\n\nBEGIN;\n\n\(body)\n")
    }
    return NewMigration(
      id: MigrationID(title),
      files: [
        file("deploy", "COMMIT;", "Deploy"), file("revert", "COMMIT;", "Revert"),
        file("verify", "ROLLBACK;", "Verify"),
      ], additions: [NewMigration.File(path: Path.join(base, "sqitch.plan"), text: line)])
  }

  /// The directory in which the project's migrations stand.
  private static func base(of project: Project) -> String {
    let place = project.migrations.last { $0.place == .active } ?? project.migrations.last
    guard let place else { return "" }
    var folder = Path.parent(place.file)
    switch project.layout {
    case .prisma, .diesel, .sqitch: folder = Path.parent(folder)
    default: if StateFolders.place(of: Path.lastName(folder)) != nil { folder = Path.parent(folder) }
    }
    return folder
  }
}
