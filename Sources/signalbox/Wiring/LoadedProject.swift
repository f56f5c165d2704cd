import Migrations

/// A project as commands work on it: its files and the graph of their requirements.
struct LoadedProject: Sendable {
  let project: Project
  let graph: RequirementGraph

  /// How many warnings are shown; a project with more of them has one cause for most.
  private static let shownWarnings = 20

  /// Reads the project that a command line names, and says on standard error what is odd about it.
  ///
  /// - Throws: ``ProjectError`` with everything that is wrong.
  init(_ options: ProjectOptions) throws {
    try self.init(path: options.path, leavingOutUnreadable: options.leaveOutUnreadable)
    for line in ProblemText.lines(of: Array(project.warnings.prefix(Self.shownWarnings))) {
      Output.error(line)
    }
    let others = project.warnings.count - Self.shownWarnings
    if others > 0 {
      Output.error(
        "signalbox: \(others) more warnings: `signalbox status --json` lists them all under `warnings`")
    }
  }

  /// Reads the project of a directory.
  ///
  /// - Throws: ``ProjectError`` with everything that is wrong.
  init(path: String, leavingOutUnreadable: Bool = false) throws {
    project = try ProjectReader(fileSystem: .local).read(path, leavingOutUnreadable: leavingOutUnreadable)
    graph = RequirementGraph(project)
  }
}
