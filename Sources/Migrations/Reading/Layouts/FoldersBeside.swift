/// The folders beside the migrations of a plain directory that hold versioned scripts of their own.
enum FoldersBeside {
  static let code = "folder-left-out"

  /// A warning for each: no tool for plain directories looks into folders, yet somebody may have meant them to be run.
  static func warnings(
    in directory: ProjectDirectory, at base: String
  ) throws(ProjectProblem) -> [ProjectProblem] {
    var warnings: [ProjectProblem] = []
    for folder in try directory.entries(base) where folder.kind == .directory {
      let name = folder.name.lowercased()
      guard StateFolders.place(of: name) == nil, !RevertFiles.folders.contains(name),
        !MigrationSearch.holdsNoMigrations(name), ScriptFileName.otherSystem(ofFolder: name) == nil
      else { continue }
      let scripts = try directory.entries(folder.path).filter { $0.kind != .directory && $0.isVersioned }
      guard let first = scripts.first else { continue }
      let words =
        scripts.count == 1
        ? "a versioned script, which is left out" : "\(scripts.count) versioned scripts, which are left out"
      warnings.append(
        ProjectProblem(
          code: code,
          message: "the folder `\(folder.path)` beside the migrations holds \(words)",
          location: FileLocation(file: first.path),
          advice:
            "if these are migrations too, list the directories in their order in signalbox.toml: migrations = "
            + "[\"\(base.isEmpty ? "." : base)\", \"\(folder.path)\"]"))
    }
    return warnings
  }
}
