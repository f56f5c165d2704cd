/// Scripts that stand beside the migration that they revert.
enum RevertFiles {
  /// The endings, without `.sql`, that mark a file as the revert script of the file without them.
  private static let certainEndings = [".down", ".rollback", ".revert", ".undo"]
  /// Endings that may also be part of a name (`001_shut_down.sql`): they count only beside the file without them.
  private static let possibleEndings = ["_down", "-down", "_rollback", "-rollback", "_revert", "_undo"]
  /// The words, between dots, of the tools that put them into the middle (`001.do.users`, `001.undo.users`).
  private static let infixes = [(".undo.", ".do."), (".down.", ".up.")]
  private static let beginnings = ["rollback_", "rollback-", "down_", "revert_", "undo_"]
  /// The folders that hold nothing but revert scripts.
  static let folders = ["down", "rollback", "rollbacks", "revert", "reverts", "undo"]

  /// The files without the revert scripts among them and in the folders for them, each with its own; a revert script
  /// without its migration is left out with a warning.
  static func paired(
    _ files: [FoundFile], in directory: ProjectDirectory, at base: String
  ) throws(ProjectProblem) -> (files: [FoundFile], warnings: [ProjectProblem]) {
    var (migrations, warnings) = paired(files)
    var reverts: [String: String] = [:]
    for folder in folders {
      for entry in try directory.entries(Path.join(base, folder)) {
        if let name = entry.script { reverts[withoutEnding(name)] = entry.path }
      }
    }
    for entry in try directory.entries(base) {
      guard let name = entry.script, let beginning = beginnings.first(where: name.hasBeginning)
      else { continue }
      reverts[String(name.dropFirst(beginning.count))] = entry.path
    }
    for index in migrations.indices where migrations[index].revert == nil {
      migrations[index].revert = reverts[migrations[index].id.rawValue].map { .file($0) }
    }
    warnings.removeAll { problem in
      migrations.contains { $0.revert == problem.location.map { .file($0.file) } }
    }
    return (migrations, warnings)
  }

  /// The files without the revert scripts among them, each with its own.
  static func paired(_ files: [FoundFile]) -> (files: [FoundFile], warnings: [ProjectProblem]) {
    let names = Set(files.map(\.id.rawValue))
    var reverts: [String: String] = [:]
    var migrations: [FoundFile] = []
    var warnings: [ProjectProblem] = []
    for file in files {
      let name = file.id.rawValue
      if let migration = migration(revertedBy: name, among: names) {
        reverts[migration] = file.path
      } else if isCertainlyRevert(name) {
        warnings.append(orphan(file.path))
      } else {
        migrations.append(file)
      }
    }
    for index in migrations.indices {
      migrations[index].revert = reverts[migrations[index].id.rawValue].map { .file($0) }
    }
    return (migrations, warnings)
  }

  /// Whether a name says that the script reverts something, whatever stands beside it.
  static func isCertainlyRevert(_ name: String) -> Bool {
    certainEndings.contains(where: name.hasEnding) || beginnings.contains(where: name.hasBeginning)
      || (hasDot(name) && infixes.contains { name.contains($0.0) })
  }

  /// The name without the ending that marks it as a revert script.
  static func withoutEnding(_ name: String) -> String {
    (certainEndings + possibleEndings).lazy.compactMap { Path.withoutEnding(name, $0) }.first ?? name
  }

  private static func hasDot(_ name: String) -> Bool { name.utf8.contains(UInt8(ascii: ".")) }

  static func orphan(_ path: String) -> ProjectProblem {
    ProjectProblem(
      code: "revert-without-migration",
      message: "`\(Path.lastName(path))` reverts a migration that is not there, and is left out",
      location: FileLocation(file: path))
  }

  private static func migration(revertedBy name: String, among names: Set<String>) -> String? {
    for ending in certainEndings + possibleEndings {
      guard let migration = Path.withoutEnding(name, ending) else { continue }
      let found = ["", ".up", "_up", "-up", ".do"].map { migration + $0 }.first(where: names.contains)
      if let found { return found }
    }
    for (undo, redo) in infixes where hasDot(name) {
      guard let found = name.range(of: undo) else { continue }
      let migration = name[..<found.lowerBound] + redo + name[found.upperBound...]
      if names.contains(String(migration)) { return String(migration) }
    }
    return nil
  }
}

extension String {
  /// The first place where a text occurs.
  fileprivate func range(of text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
