extension ProjectReader {
  /// What must be known of a project to reach its targets.
  public struct TargetFacts: Sendable, Hashable {
    /// The project's name.
    public var name: String
    /// The path of its root directory.
    public var root: String
    /// The databases that its project file names.
    public var targets: [TargetDeclaration]
  }

  /// What must be known of a project to reach its targets, without reading anything of it but its project file; nil where
  /// something is wrong with that or with the directory, which is said when the project is read.
  public func targetFacts(at path: String) -> TargetFacts? {
    do {
      let directory = try open(path)
      var problems: [ProjectProblem] = []
      let (file, _) = projectFile(in: directory, problems: &problems)
      guard problems.isEmpty else { return nil }
      return TargetFacts(
        name: file.name ?? Path.lastName(fileSystem.resolve(directory.root)), root: directory.root,
        targets: file.targets)
    } catch {
      return nil
    }
  }

  /// The databases that a project file names, without reading anything else of the project; empty if there is no file.
  ///
  /// What is wrong with the file is not said here but when the project is read.
  public func declaredTargets(at path: String) -> [TargetDeclaration] {
    let file = path.hasSuffix("/\(ProjectFile.name)") ? path : "\(path)/\(ProjectFile.name)"
    guard let bytes = try? fileSystem.read(file) else { return [] }
    return ProjectFileReader.read(bytes).file.targets
  }
}
