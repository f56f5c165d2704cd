/// `V1.2__name.sql`, its undo script `U1.2__name.sql`, `B2__name.sql`, which builds an empty database up to version 2,
/// and repeatable `R__name.sql`, which run last, by their descriptions; folders below are looked into, too.
///
/// A configuration file (`flyway.conf`, `flyway.toml`, Spring Boot's `application.yml`) in the directory may name other
/// places, prefixes and endings; several places are one database, in the order of all versions.
struct FlywayLayout: LayoutReader {
  func files(in directory: ProjectDirectory, at base: String) throws(ProjectProblem) -> FoundFiles? {
    let configuration = try FlywayConfiguration.read(in: directory, at: base)
    let names = configuration ?? FlywayConfiguration()
    if let (places, warnings) = try configuration?.places(in: directory, below: base), !places.isEmpty {
      var entries: [ProjectDirectory.Entry] = []
      for place in places { entries += try Self.entries(in: directory, below: place) }
      var found = Self.found(entries, names, base: places[0])
      found?.warnings += warnings
      return found
    }
    // Above the directory of migrations nothing is looked into.
    let own = try directory.entries(base)
    let isNamed = ["migration", "migrations"].contains(
      Path.lastName(directory.location(of: base)).lowercased())
    guard isNamed || own.contains(where: { names.parts(of: $0.name) != nil }) else { return nil }
    return Self.found(try Self.entries(in: directory, below: base), names, base: base)
  }

  private static func found(
    _ entries: [ProjectDirectory.Entry], _ names: FlywayConfiguration, base: String
  ) -> FoundFiles? {
    var versioned: [(version: MigrationVersion, isBaseline: Bool, file: FoundFile)] = []
    var repeatable: [FoundFile] = []
    var undo: [String: String] = [:]
    var warnings: [ProjectProblem] = []
    for entry in entries where entry.kind != .directory {
      guard let (name, parts) = names.parts(of: entry.name) else {
        if let script = entry.script { warnings.append(unknown(script, entry)) }
        continue
      }
      var file = FoundFile(named: name, path: entry.path)
      file.version = parts.version?.text ?? ""
      file.name = parts.description
      switch (parts.prefix, parts.version) {
      case ("V", let version?): versioned.append((version, false, file))
      case ("B", let version?): versioned.append((version, true, file))
      case ("U", let version?): undo[version.text] = entry.path
      default: repeatable.append(file)
      }
    }
    guard !versioned.isEmpty || !repeatable.isEmpty else { return nil }
    let inOrder = versioned.enumerated().sorted { left, right in
      if left.element.version < right.element.version { return true }
      if right.element.version < left.element.version { return false }
      if left.element.isBaseline != right.element.isBaseline { return right.element.isBaseline }
      return left.offset < right.offset
    }.map(\.element)
    let files = inOrder.map { entry in
      var file = entry.file
      if entry.isBaseline {
        file.covers = inOrder.filter { $0.file.id != file.id && $0.version <= entry.version }.map(\.file.id)
      } else {
        file.revert = undo[entry.version.text].map { .file($0) }
      }
      return file
    }
    repeatable.sort { ($0.name, $0.path) < ($1.name, $1.path) }
    var found = FoundFiles(
      layout: .flyway, base: base, files: files + repeatable, isOrdered: true, warnings: warnings)
    found.placeholders = names.placeholders
    return found
  }

  private static func unknown(_ script: String, _ entry: ProjectDirectory.Entry) -> ProjectProblem {
    let isCallback = ["before", "after", "createSchema"].contains { script.hasPrefix($0) }
    return ProjectProblem(
      code: isCallback ? "callback" : "no-version",
      message: isCallback
        ? "`\(entry.name)` is a callback of Flyway and is left out"
        : "`\(entry.name)` is not named as Flyway names migrations and is left out",
      location: FileLocation(file: entry.path))
  }

  /// The files of a directory and of the folders below it, without those for other database systems.
  private static func entries(
    in directory: ProjectDirectory, below base: String, depth: Int = 4
  ) throws(ProjectProblem) -> [ProjectDirectory.Entry] {
    var found: [ProjectDirectory.Entry] = []
    for entry in try directory.entries(base) {
      if entry.kind != .directory {
        found.append(entry)
      } else if depth > 0, ScriptFileName.otherSystem(ofFolder: entry.name) == nil,
        StateFolders.place(of: entry.name) == nil
      {
        found += try entries(in: directory, below: entry.path, depth: depth - 1)
      }
    }
    return found
  }
}

/// A file name as Flyway reads it: a letter, a version with dots or underscores, two underscores, a description.
struct FlywayName: Sendable, Hashable {
  /// What it stands for: `V`, `U`, `B` or `R`, whatever the project writes for it.
  var prefix: String
  var version: MigrationVersion?
  var description: String

  /// Takes a name without its ending apart, or gives nil if it is not Flyway's.
  ///
  /// - Parameters:
  ///   - prefixes: what the project writes for `V`, `U`, `B` and `R`.
  ///   - separator: what stands between version and description.
  init?(
    _ name: String, prefixes: [String: String] = FlywayConfiguration.standardPrefixes,
    separator: String = "__"
  ) {
    var matching: (key: String, value: String)?
    for prefix in prefixes where name.utf8.starts(with: prefix.value.utf8) {
      if prefix.value.utf8.count > matching?.value.utf8.count ?? -1 { matching = prefix }
    }
    guard let matching else { return nil }
    prefix = matching.key
    let rest = name.dropFirst(matching.value.count)
    var end = rest.startIndex
    while end < rest.endIndex, !rest[end...].hasPrefix(separator) { end = rest.index(after: end) }
    let version = rest[..<end]
    guard end < rest.endIndex else { return nil }
    description = rest[end...].dropFirst(separator.count).split(separator: "_").joined(separator: "_")
    if prefix == "R" {
      guard version.isEmpty else { return nil }
      return
    }
    self.version = MigrationVersion(String(version.map { $0 == "_" ? "." : $0 }))
    if self.version == nil { return nil }
  }
}
