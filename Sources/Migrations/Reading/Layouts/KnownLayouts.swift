/// The layouts that are looked for, the most telling first.
enum KnownLayouts {
  static let readers: [any LayoutReader] = [
    SqitchLayout(), SupabaseLayout(), FolderLayout.prisma, FolderLayout.diesel, DrizzleLayout(),
    MarkedFilesLayout.dbmate, MarkedFilesLayout.goose, PairedFilesLayout(), FlywayLayout(), PatchLayout(),
    FlatLayout(),
  ]

  /// The files of the first layout that fits, with a warning for every other directory that fits another.
  static func files(
    in directory: ProjectDirectory, base: String, isGiven: Bool
  ) throws(ProjectProblem) -> FoundFiles? {
    var found: FoundFiles?
    for reader in readers {
      guard let files = try reader.files(in: directory, base: base, isGiven: isGiven) else { continue }
      guard let first = found else {
        found = files
        continue
      }
      let overlaps = Set(files.files.map(\.path)).intersection(first.files.map(\.path))
      if overlaps.isEmpty, files.base != first.base {
        found?.warnings.append(
          ProjectProblem(
            code: "several-layouts",
            message:
              "`\(shown(first.base))` is read; `\(shown(files.base))` holds migrations too (\(files.layout.rawValue))",
            location: FileLocation(file: shown(files.base)),
            advice: "name the directory in signalbox.toml: migrations = \"\(files.base)\""))
      }
    }
    return found
  }

  private static func shown(_ base: String) -> String { base.isEmpty ? "." : base }
}
