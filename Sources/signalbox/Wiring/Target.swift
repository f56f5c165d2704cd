import Migrations
import Postgres

/// A database that commands work on: how to reach it, and how careful to be.
struct Target: Sendable {
  /// The name in the project file, if it has one.
  var name: String?
  /// How to reach it.
  var configuration: ConnectionConfiguration
  /// Whether it needs its name typed out before anything runs.
  var isProtected: Bool
  /// Whether nothing may be changed.
  var isReadOnly: Bool
  /// Where its address came from, in words.
  var origin: String

  /// Makes a target from its parts.
  init(name: String?, configuration: ConnectionConfiguration, origin: String) {
    self.name = name
    self.configuration = configuration
    self.origin = origin
    isProtected = false
    isReadOnly = false
  }

  /// Finds the target: `--database`, else `$DATABASE_URL`, else the only target of the project file, else libpq's own
  /// environment and service file.
  ///
  /// - Throws: ``CommandFailure`` with the reason if there is no such target or its address cannot be read.
  init(
    options: TargetOptions, declarations: [TargetDeclaration],
    variable: (String) -> String? = Environment.variable
  ) throws {
    isReadOnly = options.readOnly
    isProtected = false
    var text = ""
    if let given = options.database {
      if let declaration = declarations.first(where: { $0.name == given }) {
        text = try Self.expand(declaration, variable)
        name = declaration.name
        isProtected = declaration.isProtected
        origin = "target \(declaration.name) of signalbox.toml"
      } else {
        guard given.contains("=") || given.contains("://") else {
          let known = declarations.map(\.name).joined(separator: ", ")
          throw CommandFailure(
            .usage, "\"\(given)\" is neither a URL nor a target of signalbox.toml",
            advice: known.isEmpty
              ? "write a URL such as postgresql://user@host/database" : "the targets are: \(known)")
        }
        text = given
        origin = "--database"
      }
    } else if let url = variable("DATABASE_URL"), !url.isEmpty {
      text = url
      origin = "$DATABASE_URL"
    } else if declarations.count == 1, let declaration = declarations.first {
      text = try Self.expand(declaration, variable)
      name = declaration.name
      isProtected = declaration.isProtected
      origin = "target \(declaration.name) of signalbox.toml"
    } else {
      origin = "libpq's environment (PGHOST, PGSERVICE, …)"
    }
    configuration = try ConnectionConfiguration(text)
    configuration.connectTimeout = options.connectTimeout
    if configuration.parameters["application_name"] == nil {
      configuration.parameters["application_name"] = "signalbox"
    }
    if isReadOnly {
      let given = configuration.parameters["options"].map { $0 + " " } ?? ""
      configuration.parameters["options"] = given + "-c default_transaction_read_only=on"
    }
  }

  private static func expand(
    _ declaration: TargetDeclaration, _ variable: (String) -> String?
  ) throws -> String {
    guard declaration.url.hasPrefix("$") else { return declaration.url }
    let name = String(declaration.url.dropFirst())
    guard let value = variable(name), !value.isEmpty else {
      throw CommandFailure(
        .usage, "target \(declaration.name) takes its address from $\(name), which is not set",
        advice: "export \(name)=postgresql://…")
    }
    return value
  }
}
