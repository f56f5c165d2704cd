/// The layouts that are looked for, the most telling first.
enum KnownLayouts {
  static let readers: [any LayoutReader] =
    [SqitchLayout(), SupabaseLayout(), FolderLayout.prisma, FolderLayout.diesel, DrizzleLayout()]
    + MarkedFilesLayout.all
    + [
      PairedFilesLayout(), DirectionFoldersLayout(), FlywayLayout(), ManifestLayout(), UpgradeChainLayout(),
      VersionFoldersLayout(), PatchLayout(), FlatLayout(),
    ]

  /// The files of a directory itself, by the first layout that fits.
  static func files(
    in directory: ProjectDirectory, at base: String
  ) throws(ProjectProblem) -> FoundFiles? {
    for reader in readers {
      guard var found = try reader.files(in: directory, at: base) else { continue }
      found.warnings += try NotForPostgres.warnings(in: directory, at: found.base)
      return found
    }
    return nil
  }
}

/// The files beside migrations that look like migrations but are none that PostgreSQL could run.
enum NotForPostgres {
  static func warnings(
    in directory: ProjectDirectory, at base: String
  ) throws(ProjectProblem) -> [ProjectProblem] {
    var warnings: [ProjectProblem] = []
    var programs: [String: [ProjectDirectory.Entry]] = [:]
    for entry in try directory.entries(base) where entry.kind == .file {
      if entry.script == nil,
        let system = ScriptFileName.otherSystem(ofScript: entry.name)
      {
        warnings.append(
          ProjectProblem(
            code: "other-system", message: "`\(entry.name)` is meant for \(system) and is left out",
            location: FileLocation(file: entry.path)))
      } else if entry.script == nil, let language = ScriptFileName.programLanguage(of: entry.name),
        !MigrationName(entry.name).version.isEmpty
      {
        programs[language, default: []].append(entry)
      }
    }
    for (language, entries) in programs.sorted(by: { $0.key < $1.key }) {
      let names = entries.prefix(3).map { "`\($0.name)`" }.joined(separator: ", ")
      let more = entries.count > 3 ? ", …" : ""
      warnings.append(
        ProjectProblem(
          code: "not-sql",
          message: entries.count == 1
            ? "\(names) is written in \(language), not in SQL, and is left out"
            : "\(entries.count) migrations are written in \(language), not in SQL, and are left out: \(names)\(more)",
          location: entries.first.map { FileLocation(file: $0.path) },
          advice: "run them with the tool that they are made for, at their place in the order"))
    }
    return warnings
  }
}
