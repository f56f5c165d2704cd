import Migrations

/// A project as commands work on it: its files and the graph of their requirements.
struct LoadedProject: Sendable {
  let project: Project
  let graph: RequirementGraph

  /// Reads the project that a command line names.
  ///
  /// - Throws: ``ProjectError`` with everything that is wrong.
  init(_ options: ProjectOptions) throws {
    try self.init(path: options.path, leavingOutUnreadable: options.leaveOutUnreadable)
    guard options.leaveOutUnreadable else { return }
    let leftOut = Set(project.migrations.filter { $0.place == .skipped }.map(\.file))
    let reasons = project.warnings.filter { $0.location.map { leftOut.contains($0.file) } ?? false }
    for line in ProblemText.lines(of: reasons) { Output.error(line) }
  }

  /// Reads the project of a directory.
  ///
  /// - Throws: ``ProjectError`` with everything that is wrong.
  init(path: String, leavingOutUnreadable: Bool = false) throws {
    project = try ProjectReader(fileSystem: .local).read(path, leavingOutUnreadable: leavingOutUnreadable)
    graph = RequirementGraph(project)
  }
}
