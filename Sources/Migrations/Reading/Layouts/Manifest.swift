import Script

/// Files in the order of a manifest beside them, wherever they are below it.
struct ManifestLayout: LayoutReader {
  func files(in directory: ProjectDirectory, at base: String) throws(ProjectProblem) -> FoundFiles? {
    guard try Manifest.mayBe(in: directory, at: base) else { return nil }
    let scripts = try FlatLayout.scripts(in: directory, at: base)
    guard let manifest = try Manifest.find(in: directory, at: base, scripts: scripts) else { return nil }
    let listed = Set(manifest.files.map(\.path))
    let paired = RevertFiles.paired(manifest.files + scripts.filter { !listed.contains($0.path) })
    let others = paired.files.filter { !listed.contains($0.path) }
    let files =
      paired.files.filter { listed.contains($0.path) } + (try StateFolders.files(in: directory, base: base))
    return FoundFiles(
      layout: .flat, base: base, files: files, isOrdered: true,
      warnings: others.map { file in
        ProjectProblem(
          code: "not-in-order", message: "`\(Path.lastName(file.path))` is not in the order and is left out",
          location: FileLocation(file: file.path),
          advice: "`\(manifest.path)` says what runs, and in which order")
      })
  }
}

/// A file beside the migrations that lists them in their order, a name on each line.
struct Manifest: Sendable {
  /// Relative to the project's root.
  var path: String
  /// The files that it lists, in its order; those that are not there are reported when they are read.
  var files: [FoundFile]

  private static let names: Set<String> = [
    "loadorder", "load_order", "order", "manifest", "series", "migrations.order", "migration_order",
    "sequence",
    "order.list", "migrations.list", "install_order", "run_order",
  ]

  /// Whether a directory has a file that is called as a manifest is.
  static func mayBe(in directory: ProjectDirectory, at base: String) throws(ProjectProblem) -> Bool {
    try directory.entries(base).contains { $0.script == nil && isName($0.name) }
  }

  private static func isName(_ name: String) -> Bool {
    let lower = name.lowercased()
    return names.contains(Path.withoutEnding(lower, ".txt") ?? lower)
  }

  /// The manifest of a directory, if it has one: a file with a name for it, most of whose lines name scripts.
  static func find(
    in directory: ProjectDirectory, at base: String, scripts: [FoundFile]
  ) throws(ProjectProblem) -> Manifest? {
    for entry in try directory.entries(base) where entry.kind == .file {
      guard isName(entry.name) else { continue }
      let text = SourceText(try directory.contents(of: entry.path, called: "order of the migrations"))
      let listed = lines(of: text)
      let known = Set(scripts.map { Path.lastName($0.path) }).union(scripts.map(\.id.rawValue))
      func isThere(_ name: String) -> Bool {
        known.contains(name) || directory.kind(Path.join(base, name)) == .file
      }
      guard listed.count(where: isThere) * 2 > listed.count else { continue }
      var seen: Set<String> = []
      let files = listed.compactMap { line -> FoundFile? in
        let script = scripts.first { $0.id.rawValue == line || Path.lastName($0.path) == line }
        let file =
          script ?? FoundFile(named: ScriptFileName.base(of: line) ?? line, path: Path.join(base, line))
        return seen.insert(file.path).inserted ? file : nil
      }
      return Manifest(path: entry.path, files: files)
    }
    return nil
  }

  /// The names, without comments, bullets and blank lines.
  private static func lines(of text: SourceText) -> [String] {
    text.lineRanges.compactMap { range in
      let line = String(decoding: text.bytes[range], as: UTF8.self).prefix { $0 != "#" }
      guard !line.hasPrefix("--") else { return nil }
      let words = line.split { $0 == " " || $0 == "\t" || $0 == "," }
      // Some mark the lines whose failure does not matter.
      guard let last = words.last?.drop(while: { "!?*".contains($0) }), !last.isEmpty else { return nil }
      return String(last.hasPrefix("./") ? last.dropFirst(2) : last)
    }
  }
}
