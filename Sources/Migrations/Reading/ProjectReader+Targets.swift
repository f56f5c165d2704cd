extension ProjectReader {
  /// The databases that a project file names, without reading anything else of the project; empty if there is no file.
  ///
  /// What is wrong with the file is not said here but when the project is read.
  public func declaredTargets(at path: String) -> [TargetDeclaration] {
    let file = path.hasSuffix("/\(ProjectFile.name)") ? path : "\(path)/\(ProjectFile.name)"
    guard let bytes = try? fileSystem.read(file) else { return [] }
    return ProjectFileReader.read(bytes).file.targets
  }
}
