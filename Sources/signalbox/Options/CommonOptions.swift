import ArgumentParser

/// The options that every command about a project understands.
struct ProjectOptions: ParsableArguments, Sendable {
  @Option(
    name: [.customLong("project"), .customShort("C")],
    help: ArgumentHelp("The project's directory.", valueName: "path"), completion: .directory)
  var path = "."

  @Flag(
    help: ArgumentHelp(
      "Leave out migrations that cannot be read instead of refusing the project.",
      discussion:
        "Each is named, counts as skipped and is never run. `skip` in signalbox.toml does it for one."))
  var leaveOutUnreadable = false
}

/// The options that every command about a database understands.
struct TargetOptions: ParsableArguments, Sendable {
  @Option(
    name: [.customLong("database"), .customShort("d")],
    help: ArgumentHelp(
      "The database: a URL, a key=value string, or the name of a target in signalbox.toml.",
      valueName: "url|target"))
  var database: String?

  @Flag(help: "Never change anything; the server enforces it.")
  var readOnly = false

  @Option(
    help: ArgumentHelp("How long to wait for a connection, for each address.", valueName: "seconds"))
  var connectTimeout = 10.0

  @Option(
    help: ArgumentHelp(
      "How long a look at the database waits for a table that somebody holds.", valueName: "seconds"))
  var lookTimeout = 10.0

  func validate() throws {
    guard lookTimeout >= 0 else { throw ValidationError("--look-timeout cannot be negative.") }
    guard connectTimeout > 0 else { throw ValidationError("--connect-timeout must be more than 0.") }
  }
}

/// The options for the form of what is printed.
struct OutputOptions: ParsableArguments, Sendable {
  @Flag(help: "Print one JSON document instead of text.")
  var json = false

  @Option(help: "When to use colour.")
  var color = ColorChoice.auto
}

/// When to use colour in what is printed.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable, Sendable {
  case auto
  case always
  case never
}

/// The migrations that a command is about.
struct SelectionArguments: ParsableArguments, Sendable {
  @Argument(
    help: ArgumentHelp(
      "Migrations: an id, a version, a unique prefix, phase:NAME, A..B, pending, or all.",
      valueName: "selector"))
  var selectors: [String] = []
}
