import Migrations

/// The target that the console will open, as far as the project file alone tells.
///
/// The header must say from the first paint on whether a target is protected, before the whole project is read.
enum DeclaredTarget {
  /// The declaration that a name means, or the only one there is if no name and no `$DATABASE_URL` is given.
  static func find(
    _ name: String?, inProject path: String, fileSystem: FileSystem = .local,
    variable: (String) -> String? = Environment.variable
  ) -> TargetDeclaration? {
    let declarations = ProjectReader(fileSystem: fileSystem).declaredTargets(at: path)
    if let name { return declarations.first { $0.name == name } }
    if let url = variable("DATABASE_URL"), !url.isEmpty { return nil }
    return declarations.count == 1 ? declarations.first : nil
  }
}
