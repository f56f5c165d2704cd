import Script

/// The directories that Flyway's `locations` name, relative to the project's root.
struct FlywayLocations {
  let directory: ProjectDirectory
  /// The directory of the configuration, to which paths are relative.
  let base: String

  private static let mostLevels = 8

  /// The directories of some locations in order, each once, and warnings for those that are not there.
  func places(
    of locations: [String], said file: String
  ) throws(ProjectProblem) -> (places: [String], warnings: [ProjectProblem]) {
    var places: [String] = []
    var warnings: [ProjectProblem] = []
    for location in locations {
      let found = try directories(of: location)
      places += found.filter { !places.contains($0) }
      guard found.isEmpty else { continue }
      warnings.append(
        ProjectProblem(
          code: "no-such-directory", message: "the location `\(location)` is not there and is left out",
          location: FileLocation(file: file),
          advice: "give the project's directory with --project, so that its locations are below it"))
    }
    // What is below another one is found with it.
    return (places.filter { place in !places.contains { place.hasPrefix($0 + "/") } }, warnings)
  }

  private func directories(of location: String) throws(ProjectProblem) -> [String] {
    var path = location
    var isClasspath = true
    for (beginning, isOnPath) in [("filesystem:", false), ("classpath:", true)]
    where path.hasPrefix(beginning) {
      path.removeFirst(beginning.count)
      isClasspath = isOnPath
    }
    let names = path.split(separator: "/").map { $0 == "{vendor}" ? "postgresql" : String($0) }
      .filter { $0 != "." }
    let roots =
      isClasspath
      ? [Path.join(base, "src/main/resources"), "src/main/resources"]
      : path.hasPrefix("/") ? [] : [base, ""]
    for root in roots {
      let found = try expand(names[...], below: root)
      if !found.isEmpty { return found }
    }
    return []
  }

  /// The directories that names with `*` and `?` for parts of them, and `**` for any folders, stand for.
  private func expand(
    _ names: ArraySlice<String>, below place: String, depth: Int = 0
  ) throws(ProjectProblem) -> [String] {
    guard let name = names.first else {
      return directory.kind(place) == .directory || place.isEmpty ? [place] : []
    }
    let rest = names.dropFirst()
    guard name.contains("*") || name.contains("?") else {
      return try expand(rest, below: Path.join(place, name), depth: depth)
    }
    guard depth < Self.mostLevels else { return [] }
    var found: [String] = name == "**" ? try expand(rest, below: place, depth: depth + 1) : []
    for entry in try directory.entries(place) where entry.kind == .directory {
      if name == "**" {
        found += try expand(names, below: entry.path, depth: depth + 1)
      } else if Self.matches(name[...], entry.name[...]) {
        found += try expand(rest, below: entry.path, depth: depth + 1)
      }
    }
    return found
  }

  private static func matches(_ pattern: Substring, _ name: Substring) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    let rest = pattern.dropFirst()
    switch first {
    case "*": return matches(rest, name) || (!name.isEmpty && matches(pattern, name.dropFirst()))
    case "?": return !name.isEmpty && matches(rest, name.dropFirst())
    default: return name.first == first && matches(rest, name.dropFirst())
    }
  }
}
