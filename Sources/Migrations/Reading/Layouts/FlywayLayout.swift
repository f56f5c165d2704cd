/// `V1.2__name.sql`, its undo script `U1.2__name.sql`, and repeatable `R__name.sql`, which run last, by name.
struct FlywayLayout: LayoutReader {
  func files(
    in directory: ProjectDirectory, base: String, isGiven: Bool
  ) throws(ProjectProblem) -> FoundFiles? {
    let usual = FlatLayout.usualDirectories + ["src/main/resources/db/migration", "db/migration"]
    for candidate in directory.candidates(base: base, isGiven: isGiven, usual: usual) {
      var versioned: [(version: MigrationVersion, file: FoundFile)] = []
      var repeatable: [FoundFile] = []
      var undo: [String: String] = [:]
      for entry in try directory.entries(candidate) {
        guard let name = Path.withoutEnding(entry.name, ".sql"), let parts = FlywayName(name) else {
          continue
        }
        var file = FoundFile(named: name, path: entry.path)
        file.version = parts.version?.text ?? ""
        file.name = parts.description
        switch (parts.prefix, parts.version) {
        case ("V", let version?), ("B", let version?): versioned.append((version, file))
        case ("U", let version?): undo[version.text] = entry.path
        default: repeatable.append(file)
        }
      }
      guard !versioned.isEmpty || !repeatable.isEmpty else { continue }
      let inOrder = versioned.enumerated().sorted { left, right in
        if left.element.version < right.element.version { return true }
        return right.element.version < left.element.version ? false : left.offset < right.offset
      }
      let files = inOrder.map { _, entry in
        var file = entry.file
        file.revert = undo[entry.version.text].map { .file($0) }
        return file
      }
      return FoundFiles(layout: .flyway, base: candidate, files: files + repeatable, isOrdered: true)
    }
    return nil
  }
}

/// A file name as Flyway reads it: a letter, a version with dots or underscores, two underscores, a description.
struct FlywayName: Sendable, Hashable {
  var prefix: String
  var version: MigrationVersion?
  var description: String

  /// Takes a name apart, or gives nil if it is not Flyway's.
  init?(_ name: String) {
    guard let first = name.first, "VUBR".contains(first), let separator = Self.doubleUnderscore(in: name)
    else {
      return nil
    }
    prefix = String(first)
    description = name[separator...].dropFirst(2).split(separator: "_").joined(separator: "_")
    let version = name[name.index(after: name.startIndex)..<separator]
    if first == "R" {
      guard version.isEmpty else { return nil }
      return
    }
    self.version = MigrationVersion(String(version.map { $0 == "_" ? "." : $0 }))
    if self.version == nil { return nil }
  }

  private static func doubleUnderscore(in name: String) -> String.Index? {
    var index = name.startIndex
    while let first = name[index...].firstIndex(of: "_") {
      let next = name.index(after: first)
      guard next < name.endIndex else { return nil }
      if name[next] == "_" { return first }
      index = next
    }
    return nil
  }
}
