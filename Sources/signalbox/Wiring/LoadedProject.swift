import Migrations

/// A project as commands work on it: its files and the graph of their requirements.
struct LoadedProject: Sendable {
  let project: Project
  let graph: RequirementGraph

  /// Reads the project of a directory.
  ///
  /// - Throws: ``ProjectError`` with everything that is wrong.
  init(path: String) throws {
    project = try ProjectReader(fileSystem: .local).read(path)
    graph = RequirementGraph(project)
  }
}
