import Diagnosis
import Migrations

/// Where a command's database is, before anybody has tried to read the address.
struct TargetAddress: Sendable {
  /// A URL or `key=value` pairs; empty for libpq's own sources.
  var text: String
  /// Where it was found; nil for libpq's own sources.
  var origin: SettingOrigin?
  /// The target of the project file that it is of.
  var declaration: TargetDeclaration?

  /// libpq's variables that say where a server is: whoever sets one means it.
  private static let libpqVariables = ["PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE"]

  /// Finds the address: `--database`, else `$DATABASE_URL`, else the only target of the project file, else libpq's own
  /// variables, else `DATABASE_URL` of `.env.local` or `.env`, else libpq's service file and defaults.
  ///
  /// - Throws: ``CommandFailure`` if a name is no target, or a target's variable is not set.
  init(given: String?, declarations: [TargetDeclaration], variables: ProjectVariables) throws {
    text = ""
    if let given {
      if let named = declarations.first(where: { $0.name == given }) {
        try take(named, variables)
        return
      }
      guard given.contains("=") || given.contains("://") else {
        let known = declarations.map(\.name).joined(separator: ", ")
        throw CommandFailure(
          .usage, "\"\(given)\" is neither a URL nor a target of signalbox.toml",
          advice: known.isEmpty
            ? "write a URL such as postgresql://user@host/database" : "the targets are: \(known)")
      }
      text = given
      origin = .flag("--database")
    } else if let url = variables.environment("DATABASE_URL"), !url.isEmpty {
      text = url
      origin = .environment(variable: "DATABASE_URL")
    } else if declarations.count == 1, let only = declarations.first {
      try take(only, variables)
    } else if !Self.libpqVariables.contains(where: { variables.environment($0).map { !$0.isEmpty } ?? false }
    ),
      let found = variables.findInFiles("DATABASE_URL")
    {
      text = found.value
      origin = found.origin
    }
  }

  private mutating func take(_ declaration: TargetDeclaration, _ variables: ProjectVariables) throws {
    self.declaration = declaration
    text = declaration.url
    origin = .projectFile(target: declaration.name)
    guard declaration.url.hasPrefix("$") else { return }
    let name = String(declaration.url.dropFirst())
    guard let found = variables.find(name) else {
      throw CommandFailure(
        .usage,
        "target \(declaration.name) takes its address from $\(name), which is set neither in the environment nor in .env",
        advice: "export \(name)=postgresql://…")
    }
    text = found.value
    origin = found.origin
  }
}
