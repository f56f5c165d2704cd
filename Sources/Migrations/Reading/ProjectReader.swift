import Script
import TOML

/// Reads a directory of migrations, with its project file if it has one.
public struct ProjectReader: Sendable {
  let fileSystem: FileSystem
  private let memory: ScriptMemory?
  private let parse: @Sendable ([UInt8], inout ScriptContext) -> ParsedScript

  /// Makes a reader.
  ///
  /// - Parameters:
  ///   - memory: what is known of files that were taken apart before.
  ///   - parse: takes a file's bytes apart into statements, knowing what the files before it have made.
  public init(
    fileSystem: FileSystem = .local, memory: ScriptMemory? = nil,
    parse: @escaping @Sendable ([UInt8], inout ScriptContext) -> ParsedScript = {
      ScriptParser.parse($0, in: &$1)
    }
  ) {
    self.fileSystem = fileSystem
    self.memory = memory
    self.parse = parse
  }

  /// Reads the project at a path: its directory, or its `signalbox.toml`.
  ///
  /// - Parameters:
  ///   - leavingOutUnreadable: whether a file that no server could read is left out, with a warning, instead of keeping the
  ///     whole project from being used.
  ///   - sessionSearchPath: where the sessions of the target look up unqualified names, if that is known; what the project
  ///     file says goes before it.
  /// - Throws: everything that keeps the project from being used, at once.
  public func read(
    _ path: String, leavingOutUnreadable: Bool = false, sessionSearchPath: [String]? = nil
  ) throws(ProjectError) -> Project {
    try project(at: path) { (directory, file, context, problems) throws(ProjectError) in
      try files(
        in: directory, of: file, context, leavingOutUnreadable: leavingOutUnreadable,
        sessionSearchPath: sessionSearchPath, problems: &problems)
    }
  }

  /// Puts a project together from its project file and its other files.
  ///
  /// - Parameter files: finds and reads them.
  func project(
    at path: String,
    files: (ProjectDirectory, ProjectFile, ProjectFileProblems?, inout [ProjectProblem]) throws(ProjectError)
      -> ProjectFiles
  ) throws(ProjectError) -> Project {
    let directory = try open(path)
    var problems: [ProjectProblem] = []
    let (file, context) = projectFile(in: directory, problems: &problems)
    let files = try files(directory, file, context, &problems)
    var assembly = ProjectAssembly(file: file, problems: context, files: files)
    let resolved = fileSystem.resolve(directory.root)
    var project = assembly.project(named: Path.lastName(resolved), root: directory.root)
    project.seeds = seeds(of: file, in: directory, context: context, problems: &problems)
    problems += assembly.errors
    guard problems.isEmpty else { throw ProjectError(problems) }
    return project
  }

  /// Finds the files of a project and reads them.
  func files(
    in directory: ProjectDirectory, of file: ProjectFile, _ context: ProjectFileProblems?,
    leavingOutUnreadable: Bool, sessionSearchPath: [String]? = nil, problems: inout [ProjectProblem]
  ) throws(ProjectError) -> ProjectFiles {
    let found: FoundFiles?
    do {
      found = try foundFiles(in: directory, file: file, context: context, problems: &problems)
    } catch {
      throw ProjectError(problems + [error])
    }
    guard var found = found?.inOrder else {
      if problems.isEmpty { problems.append(Self.nothingFound(in: directory)) }
      throw ProjectError(problems)
    }
    Self.addRevertFiles(of: file, to: &found)
    var baselines = BaselineDeclarations(found.files, problems: context)
    found.files = baselines.applied(file.migrations)
    problems += baselines.problems
    found.warnings += OrphanedExpectations.warnings(in: directory, beside: found.files)
    let lookup = MigrationLookup(found.files.map(\.id))
    let loader = MigrationFileLoader(
      directory: directory, listed: directory.listedFiles, layout: found.layout,
      placeholders: found.placeholders,
      encoding: file.encoding,
      encodings: Dictionary(
        file.migrations.compactMap { declaration in
          guard let encoding = declaration.encoding, let id = lookup.one(declaration.key.name)
          else {
            return nil
          }
          return (id, encoding)
        }, uniquingKeysWith: { first, _ in first }))
    let empty = ScriptSequence(
      searchPath: file.searchPath ?? sessionSearchPath ?? (file.platform ?? found.platform).searchPath,
      memory: memory,
      parse: parse)
    var known = empty
    var loaded: [MigrationFileLoader.Loaded] = []
    let runnable = Set(found.files.filter(\.place.isRunnable).map(\.id))
    let files = ConcurrentWork.map(found.files) { loader.read($0) }
    for (entry, file) in zip(found.files, files) {
      // A baseline makes what the files that it covers make: it runs without them.
      var alone = empty
      let isAlone = entry.covers.contains(where: runnable.contains)
      let migration = isAlone ? loader.load(file, in: &alone) : loader.load(file, in: &known)
      loaded.append(leavingOutUnreadable ? migration.leftOutIfUnreadable : migration)
    }
    known.keepContext()
    found.files = []
    return ProjectFiles(found: found, loaded: loaded)
  }

  func open(_ path: String) throws(ProjectError) -> ProjectDirectory {
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

  func projectFile(
    in directory: ProjectDirectory, problems: inout [ProjectProblem]
  ) -> (ProjectFile, ProjectFileProblems?) {
    guard directory.kind(ProjectFile.name) != nil else { return (ProjectFile(), nil) }
    do {
      let bytes = try directory.contents(of: ProjectFile.name, called: "project file")
      let (file, found) = ProjectFileReader.read(bytes)
      problems += found.problems
      return (file, found)
    } catch {
      problems.append(error)
      return (ProjectFile(), nil)
    }
  }

  /// The files that `seed` names, all of which must be there.
  private func seeds(
    of file: ProjectFile, in directory: ProjectDirectory, context: ProjectFileProblems?,
    problems: inout [ProjectProblem]
  ) -> [String] {
    file.seeds.map { given in
      if directory.kind(given.text) != .file, let context {
        problems.append(
          context.problem(
            "no-such-file", "there is no file `\(given.text)`", at: given.position,
            advice: "`seed` is relative to the project file"))
      }
      return given.text
    }
  }

  private func foundFiles(
    in directory: ProjectDirectory, file: ProjectFile, context: ProjectFileProblems?,
    problems: inout [ProjectProblem]
  ) throws(ProjectProblem) -> FoundFiles? {
    guard !file.directories.isEmpty else { return try Self.foundFiles(in: directory, at: "") }
    var found: [FoundFiles] = []
    for given in file.directories {
      var base = given.text == "." ? "" : given.text
      while base.hasSuffix("/") { base.removeLast() }
      if base.hasPrefix("./") { base.removeFirst(2) }
      guard directory.kind(base) == .directory else {
        if let context {
          problems.append(
            context.problem(
              "no-such-directory", "there is no directory `\(given.text)`", at: given.position,
              advice: "`migrations` is relative to the project file"))
        }
        continue
      }
      if let files = try Self.foundFiles(in: directory, at: base) {
        found.append(files.inOrder)
      } else if let context {
        problems.append(
          context.problem(
            "no-migrations", "there are no migrations in `\(given.text)`", at: given.position,
            advice: "a migration is a file such as 001_name.sql"))
      }
    }
    return FoundFiles(joining: found)
  }

  /// The files of a directory itself, else of the only one below it that holds migrations, else whatever scripts it has.
  private static func foundFiles(
    in directory: ProjectDirectory, at base: String
  ) throws(ProjectProblem) -> FoundFiles? {
    if let own = try KnownLayouts.files(in: directory, at: base) { return own }
    if let below = try MigrationSearch.files(in: directory, below: base) { return below }
    return try FlatLayout.unversioned(in: directory, at: base)
  }

  /// The revert scripts that the project file names, relative to the project's root.
  private static func addRevertFiles(of file: ProjectFile, to found: inout FoundFiles) {
    let lookup = MigrationLookup(found.files.map(\.id))
    for declaration in file.migrations {
      guard let revert = declaration.revert, let id = lookup.one(declaration.key.name) else {
        continue
      }
      for index in found.files.indices where found.files[index].id == id {
        found.files[index].revert = .file(revert.text)
      }
    }
  }

  private static func nothingFound(in directory: ProjectDirectory) -> ProjectProblem {
    ProjectProblem(
      code: "no-migrations", message: "there are no migrations in `\(directory.root)`",
      location: FileLocation(file: directory.root),
      advice: "a migration is a file such as 001_name.sql; "
        + "name another directory in signalbox.toml (migrations = \"…\"), or make one with `signalbox new NAME`"
    )
  }
}
