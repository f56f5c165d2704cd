/// Scripts that stand beside the migration that they revert.
enum RevertFiles {
  /// The endings, without `.sql`, that mark a file as the revert script of the file without them.
  private static let endings = [".down", ".rollback", ".revert", "_down", "_rollback"]

  /// The files without the revert scripts among them, each with its own.
  static func paired(_ files: [FoundFile]) -> [FoundFile] {
    let names = Set(files.map(\.id.rawValue))
    var reverts: [String: String] = [:]
    var migrations: [FoundFile] = []
    for file in files {
      let name = endings.lazy.compactMap { Path.withoutEnding(file.id.rawValue, $0) }.first
      if let name, names.contains(name) {
        reverts[name] = file.path
      } else {
        migrations.append(file)
      }
    }
    for index in migrations.indices {
      migrations[index].revert = reverts[migrations[index].id.rawValue].map { .file($0) }
    }
    return migrations
  }
}
