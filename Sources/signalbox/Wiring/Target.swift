import Diagnosis
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
  /// How long a look at it waits for a table that somebody holds, in seconds; nobody is told of shorter waits.
  var lookTimeout = 0.0
  /// The settings of the session that its address asks for, without ours.
  private var givenOptions: String?

  /// Makes a target from its parts.
  init(name: String?, configuration: ConnectionConfiguration, origin: String) {
    self.name = name
    self.configuration = configuration
    self.origin = origin
    isProtected = false
    isReadOnly = false
  }

  /// Finds the target: `--database`, else `$DATABASE_URL`, else the only target of the project file, else libpq's own
  /// environment, else `DATABASE_URL` of `.env.local` or `.env`, else libpq's service file and defaults.
  ///
  /// - Throws: ``CommandFailure`` with the reason if there is no such target or its address cannot be read.
  init(options: TargetOptions, of project: Project) throws {
    try self.init(options: options, declarations: project.targets, directory: project.root)
  }

  /// The same for a project of which only the targets are known.
  init(options: TargetOptions, declarations: [TargetDeclaration], directory: String = ".") throws {
    let address = try TargetAddress(
      given: options.database, declarations: declarations, variables: ProjectVariables(directory: directory))
    try self.init(options: options, address: address)
  }

  /// Makes a target of an address.
  ///
  /// - Throws: ``CommandFailure`` if it cannot be read, or can only be misunderstood.
  init(options: TargetOptions, address: TargetAddress) throws {
    let text = ConnectionAddress(parsing: address.text)
    // libpq would take the end of such a password for the host, and show it.
    if let password = text.password, !password.breaking.isEmpty {
      let list = password.breaking.map { "`\($0)` as `\(PasswordFacts.encoded($0))`" }.joined(separator: ", ")
      throw CommandFailure(
        .usage, "the password in the address holds a character that a URL takes for something else",
        advice: "write \(list); `signalbox doctor` explains the address")
    }
    name = address.declaration?.name
    isProtected = address.declaration?.isProtected ?? false
    isReadOnly = options.readOnly
    lookTimeout = options.lookTimeout
    origin = address.origin?.description ?? "libpq's environment (PGHOST, PGSERVICE, …)"
    configuration = try ConnectionConfiguration(address.text)
    configuration.connectTimeout = options.connectTimeout
    if configuration.parameters["application_name"] == nil {
      configuration.parameters["application_name"] = "signalbox"
    }
    if isReadOnly {
      givenOptions = configuration.parameters["options"]
      let given = givenOptions.map { $0 + " " } ?? ""
      configuration.parameters["options"] = given + "-c default_transaction_read_only=on"
    }
  }

  /// The target of a read-only session that is not made so by its connection, where a pooler takes no settings with it.
  var withoutReadOnlyStart: Target {
    var target = self
    target.configuration.parameters["options"] = givenOptions
    return target
  }
}
