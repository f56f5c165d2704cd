import Migrations

extension Project {
  /// The directories that its files are in, and those between them and its root.
  var directories: Set<String> {
    var directories: Set<String> = [root]
    for file in migrations.map(\.file) {
      var path = file[...]
      while let slash = path.lastIndex(of: "/") {
        path = path[..<slash]
        directories.insert("\(root)/\(path)")
      }
    }
    return directories
  }
}
