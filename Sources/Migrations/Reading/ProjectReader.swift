import Script
import TOML

/// Reads a directory of migrations, with its project file if it has one.
public struct ProjectReader: Sendable {
  let fileSystem: FileSystem
  private let parse: @Sendable ([UInt8]) -> ParsedScript

  /// Makes a reader.
  ///
  /// - Parameter parse: takes a file's bytes apart into statements.
  public init(
    fileSystem: FileSystem = .local,
    parse: @escaping @Sendable ([UInt8]) -> ParsedScript = { ScriptParser.parse($0) }
  ) {
    self.fileSystem = fileSystem
    self.parse = parse
  }

  /// Reads the project at a path: its directory, or its `signalbox.toml`.
  ///
  /// - Parameter leavingOutUnreadable: whether a file that no server could read is left out, with a warning, instead of
  ///   keeping the whole project from being used.
  /// - Throws: everything that keeps the project from being used, at once.
  public func read(_ path: String, leavingOutUnreadable: Bool = false) throws(ProjectError) -> Project {
    let directory = try open(path)
    var problems: [ProjectProblem] = []
    let (file, context) = projectFile(in: directory, problems: &problems)
    let found: FoundFiles?
    do {
      found = try foundFiles(in: directory, file: file, context: context, problems: &problems)
    } catch {
      throw ProjectError(problems + [error])
    }
    guard var found else {
      if problems.isEmpty { problems.append(Self.nothingFound(in: directory, base: file.directory?.text)) }
      throw ProjectError(problems)
    }
    Self.addRevertFiles(of: file, to: &found)
    let loader = MigrationFileLoader(directory: directory, parse: parse)
    var assembly = ProjectAssembly(
      file: file, problems: context, found: found,
      loaded: found.files.map { file in
        let loaded = loader.load(file)
        return leavingOutUnreadable ? loaded.leftOutIfUnreadable : loaded
      })
    let resolved = fileSystem.resolve(directory.root)
    let project = assembly.project(named: Path.lastName(resolved), root: directory.root)
    problems += assembly.errors
    guard problems.isEmpty else { throw ProjectError(problems) }
    return project
  }

  private func open(_ path: String) throws(ProjectError) -> ProjectDirectory {
    var root = path
    while root.count > 1, root.hasSuffix("/") { root.removeLast() }
    if root.isEmpty { root = "." }
    if Path.lastName(root) == ProjectFile.name, fileSystem.kind(root) == .file {
      root = root.contains("/") ? Path.parent(root) : "."
      if root.isEmpty { root = "/" }
    }
    let location = FileLocation(file: path)
    switch fileSystem.kind(root) {
    case .directory:
      return ProjectDirectory(root: root, fileSystem: fileSystem)
    case .file, .other:
      throw ProjectError([
        ProjectProblem(
          code: "not-a-directory", message: "`\(path)` is not a directory", location: location,
          advice: "give the directory that holds the migrations")
      ])
    case .danglingLink:
      throw ProjectError([
        ProjectProblem(
          code: "no-such-directory", message: "`\(path)` is a link to a directory that is not there",
          location: location)
      ])
    case nil:
      throw ProjectError([
        ProjectProblem(
          code: "no-such-directory", message: "there is no directory `\(path)`", location: location,
          advice: "check the path, or give it with --project PATH")
      ])
    }
  }

  private func projectFile(
    in directory: ProjectDirectory, problems: inout [ProjectProblem]
  ) -> (ProjectFile, ProjectFileProblems?) {
    guard directory.kind(ProjectFile.name) != nil else { return (ProjectFile(), nil) }
    do {
      let (file, found) = ProjectFileReader.read(try directory.read(ProjectFile.name))
      problems += found.problems
      return (file, found)
    } catch {
      problems.append(
        ProjectProblem(
          code: "unreadable-file", message: "the project file cannot be read: \(error.reason)",
          location: FileLocation(file: ProjectFile.name), advice: "check who owns it and its permissions"))
      return (ProjectFile(), nil)
    }
  }

  private func foundFiles(
    in directory: ProjectDirectory, file: ProjectFile, context: ProjectFileProblems?,
    problems: inout [ProjectProblem]
  ) throws(ProjectProblem) -> FoundFiles? {
    guard let given = file.directory else {
      return try KnownLayouts.files(in: directory, base: "", isGiven: false)
    }
    let base = given.text == "." ? "" : given.text
    if directory.kind(base) != .directory, let context {
      problems.append(
        context.problem(
          "no-such-directory", "there is no directory `\(given.text)`", at: given.position,
          advice: "`migrations` is relative to the project file"))
      return nil
    }
    return try KnownLayouts.files(in: directory, base: base, isGiven: true)
  }

  /// The revert scripts that the project file names, relative to the project's root.
  private static func addRevertFiles(of file: ProjectFile, to found: inout FoundFiles) {
    let lookup = MigrationLookup(found.files.map(\.id))
    for declaration in file.migrations {
      guard let revert = declaration.revert, case .one(let id) = lookup.find(declaration.key.name) else {
        continue
      }
      for index in found.files.indices where found.files[index].id == id {
        found.files[index].revert = .file(revert.text)
      }
    }
  }

  private static func nothingFound(in directory: ProjectDirectory, base: String?) -> ProjectProblem {
    ProjectProblem(
      code: "no-migrations", message: "there are no migrations in `\(base ?? directory.root)`",
      location: FileLocation(file: base ?? directory.root),
      advice: "a migration is a file such as 001_name.sql; "
        + "name another directory in signalbox.toml (migrations = \"…\"), or make one with `signalbox new NAME`"
    )
  }
}
