import Script
import TOML

/// What `flyway.conf`, `flyway.toml` or Spring Boot says about the names and places of migrations, and the values of
/// placeholders.
struct FlywayConfiguration: Sendable {
  static let standardPrefixes = ["V": "V", "U": "U", "B": "B", "R": "R"]

  private var prefixes = FlywayConfiguration.standardPrefixes
  private var separator = "__"
  private var suffixes = [".sql"]
  private var locations: [String] = []
  /// The file that says it.
  private var file = ""
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
      return FlywayConfiguration(
        name.hasSuffix(".toml") ? try tomlSettings(text, file: path) : properties(text), file: path)
    }
    for name in SpringConfiguration.files {
      let path = Path.join(base, name)
      guard directory.kind(path) == .file else { continue }
      let text = String(decoding: try directory.contents(of: path), as: UTF8.self)
      let settings = SpringConfiguration.settings(in: text, file: path)
      if !settings.isEmpty { return FlywayConfiguration(settings, file: path) }
    }
    return nil
  }

  init() {}

  private init(_ settings: [(String, String)], file: String) {
    self.file = file
    for (key, value) in settings { set(key, value) }
  }

  /// A file's name without its ending, and its parts; nil if it is not named as Flyway names migrations.
  func parts(of file: String) -> (name: String, parts: FlywayName)? {
    for suffix in suffixes {
      guard let name = Path.withoutEnding(file, suffix) else { continue }
      if let parts = FlywayName(name, prefixes: prefixes, separator: separator) { return (name, parts) }
    }
    return nil
  }

  /// The directories that it names, relative to the project's root, with warnings for those that are not there.
  func places(
    in directory: ProjectDirectory, below base: String
  ) throws(ProjectProblem) -> (places: [String], warnings: [ProjectProblem]) {
    try FlywayLocations(directory: directory, base: base).places(of: locations, said: file)
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
    PropertiesText.settings(text).compactMap { key, value in key.stripping("flyway.").map { ($0, value) } }
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
