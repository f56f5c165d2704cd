import Migrations
import Schema

/// A project as commands work on it: its files and the graph of their requirements.
struct LoadedProject: Sendable {
  let project: Project
  private let knownGraph: RequirementGraph?
  /// Reads it again for sessions that look up unqualified names in other schemas; nil where nobody knows what its files say.
  private var readAgain: (@Sendable (_ searchPath: [String]) throws -> Project)?

  /// The graph of its requirements.
  var graph: RequirementGraph { knownGraph ?? RequirementGraph(project) }

  /// How many warnings are shown; a project with more of them has one cause for most.
  private static let shownWarnings = 20

  /// Reads the project that a command line names, and says on standard error what is odd about it.
  ///
  /// - Throws: ``ProjectError`` with everything that is wrong.
  init(_ options: ProjectOptions) throws {
    try self.init(path: options.path, leavingOutUnreadable: options.leaveOutUnreadable)
    for line in warningLines { Output.error(line) }
  }

  /// What is odd about the project, as standard error has it.
  var warningLines: [String] {
    let lines = ProblemText.lines(of: Array(project.warnings.prefix(Self.shownWarnings)))
    let others = project.warnings.count - Self.shownWarnings
    if others <= 0 { return lines }
    return lines + [
      "signalbox: \(others) more warnings: `signalbox status --json` lists them all under `warnings`"
    ]
  }

  /// Reads which files a project has and their checksums, but not what they say: as much as the histories know.
  ///
  /// Its requirements are those of the project file alone.
  ///
  /// - Throws: ``ProjectError`` with everything that is wrong.
  static func outline(
    _ options: ProjectOptions, in fileSystem: FileSystem = .local,
    remembering cache: OutlineCache = .standard
  ) throws -> LoadedProject {
    LoadedProject(outline: try cache.project(options, in: fileSystem))
  }

  private init(_ project: Project) {
    self.project = project
    knownGraph = RequirementGraph(project)
  }

  /// Takes a project of which nobody knows what its files say; its graph is made when it is asked for.
  private init(outline project: Project) {
    self.project = project
    knownGraph = nil
  }

  /// The project as its files mean it in a session with this `search_path`; nil if they mean what is known already.
  ///
  /// - Throws: ``ProjectError`` with everything that is wrong.
  func read(forSessionWith setting: String?, in snapshot: Snapshot) throws -> LoadedProject? {
    let other = setting.flatMap { setting in
      project.otherSearchPath(ofSession: setting) { snapshot.contains(ObjectIdentity(.schema, name: $0)) }
    }
    guard let readAgain, let other else { return nil }
    return LoadedProject(try readAgain(other))
  }

  /// Whether the history has every migration that can run, each from the file as it is: then nothing is to be done,
  /// whatever the catalog shows.
  func isApplied(in history: History) -> Bool {
    let migrations = project.migrations
    // By place: to take each migration out of the list would be to copy all that it holds.
    return migrations.indices.allSatisfy { place in
      guard migrations[place].isRunnable else { return true }
      guard let entry = history.entries[migrations[place].id] else { return false }
      return (entry.state == .applied || entry.state == .adopted)
        && entry.checksum == migrations[place].checksum
    }
  }

  /// Reads the project of a directory; what its files say is kept for the next reading.
  ///
  /// - Throws: ``ProjectError`` with everything that is wrong.
  init(
    path: String, leavingOutUnreadable: Bool = false, in fileSystem: FileSystem = .local,
    remembering cache: ScriptCache = .standard
  ) throws {
    let read: @Sendable ([String]?) throws -> Project = { searchPath in
      try cache.remembering(path) { memory in
        try ProjectReader(fileSystem: fileSystem, memory: memory)
          .read(path, leavingOutUnreadable: leavingOutUnreadable, sessionSearchPath: searchPath)
      }
    }
    self.init(try read(nil))
    readAgain = read
  }
}
