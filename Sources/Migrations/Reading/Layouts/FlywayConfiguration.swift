import Script
import TOML

/// What `flyway.conf` or `flyway.toml` says about the names and places of migrations, and the values of placeholders.
struct FlywayConfiguration: Sendable {
  static let standardPrefixes = ["V": "V", "U": "U", "B": "B", "R": "R"]

  private var prefixes = FlywayConfiguration.standardPrefixes
  private var separator = "__"
  private var suffixes = [".sql"]
  private var locations: [String] = []
  /// What stands for `${name}`.
  private(set) var placeholders = PlaceholderValues()

  /// The configuration of a directory, if it has one.
  static func read(
    in directory: ProjectDirectory, at base: String
  ) throws(ProjectProblem) -> FlywayConfiguration? {
    for name in ["flyway.toml", "flyway.conf", "conf/flyway.conf", "conf/flyway.toml"] {
      let path = Path.join(base, name)
      guard directory.kind(path) == .file else { continue }
      let text = String(decoding: try directory.contents(of: path), as: UTF8.self)
      var configuration = FlywayConfiguration()
      let settings = name.hasSuffix(".toml") ? try tomlSettings(text, file: path) : properties(text)
      for (key, value) in settings { configuration.set(key, value) }
      return configuration
    }
    return nil
  }

  /// A file's name without its ending, and its parts; nil if it is not named as Flyway names migrations.
  func parts(of file: String) -> (name: String, parts: FlywayName)? {
    for suffix in suffixes {
      guard let name = Path.withoutEnding(file, suffix) else { continue }
      if let parts = FlywayName(name, prefixes: prefixes, separator: separator) { return (name, parts) }
    }
    return nil
  }

  /// The directories that it names, relative to the project's root.
  func places(below base: String) -> [String] {
    locations.map { location in
      if let path = location.stripping("filesystem:") {
        return Path.join(base, path.hasPrefix("./") ? String(path.dropFirst(2)) : path)
      }
      return Path.join(base, "src/main/resources/" + (location.stripping("classpath:") ?? location))
    }
  }

  private mutating func set(_ key: String, _ value: String) {
    let list = value.split(separator: ",").map { String($0.drop { $0 == " " }) }
    switch key {
    case "locations": locations = list
    case "sqlMigrationPrefix": prefixes["V"] = value
    case "undoSqlMigrationPrefix": prefixes["U"] = value
    case "baselineMigrationPrefix": prefixes["B"] = value
    case "repeatableSqlMigrationPrefix": prefixes["R"] = value
    case "sqlMigrationSeparator": separator = value
    case "sqlMigrationSuffixes": suffixes = list
    case "placeholderReplacement": placeholders.isReplacing = value.lowercased() != "false"
    case "placeholderPrefix": placeholders.prefix = value
    case "placeholderSuffix": placeholders.suffix = value
    default:
      if let name = key.stripping("placeholders.") { placeholders[name] = value }
    }
  }

  private static func properties(_ text: String) -> [(String, String)] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let line = line.drop { $0 == " " }
      guard line.first != "#", let equals = line.firstIndex(of: "="),
        let key = String(line[..<equals]).stripping("flyway.")
      else { return nil }
      let trimmed = String(line[line.index(after: equals)...].drop { $0 == " " })
      return (key.filter { $0 != " " }, String(trimmed.reversed().drop { $0 == " " }.reversed()))
    }
  }

  private static func tomlSettings(_ text: String, file: String) throws(ProjectProblem) -> [(String, String)]
  {
    do {
      guard let table = try TOMLDocument(parsing: text).root.table("flyway") else { return [] }
      return table.entries.flatMap { entry -> [(String, String)] in
        switch entry.value.kind {
        case .string(let value): [(entry.key.name, value)]
        case .boolean(let value): [(entry.key.name, value ? "true" : "false")]
        case .table(let placeholders) where entry.key.name == "placeholders":
          placeholders.entries.compactMap { placeholder in
            if case .string(let value) = placeholder.value.kind {
              ("placeholders.\(placeholder.key.name)", value)
            } else {
              nil
            }
          }
        case .array(let values):
          [
            (
              entry.key.name,
              values.compactMap { if case .string(let item) = $0.kind { item } else { nil } }
                .joined(separator: ",")
            )
          ]
        default: []
        }
      }
    } catch {
      throw ProjectProblem(
        code: "invalid-toml", message: error.message,
        location: FileLocation(
          file: file, position: SourcePosition(line: error.line, column: error.column)))
    }
  }
}

extension String {
  /// The rest behind a beginning; nil if the text does not begin so.
  fileprivate func stripping(_ beginning: String) -> String? {
    hasPrefix(beginning) ? String(dropFirst(beginning.count)) : nil
  }
}
