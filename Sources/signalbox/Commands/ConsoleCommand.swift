import ArgumentParser
import Console
import Migrations

/// The command `signalbox console`.
struct ConsoleCommand: MainThreadCommand {
  static let configuration = CommandConfiguration(
    commandName: "console", abstract: "The console: choose, step, verify.",
    discussion: """
      Opens on the terminal. Arrows or hjkl move, space selects, p shows the plan, a applies, s steps, ? helps, \
      q quits.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var appearance: AppearanceOptions

  @OptionGroup var holding: SessionOptions

  func performOnMainThread() throws -> ExitStatus {
    let script = try holding.readScript()
    if script == nil, !holding.isPlain { try ConsoleTerminal.requireTerminal() }
    let secrets = KnownSecrets()
    secrets.add(Environment.variable("PGPASSWORD"))
    let options = target
    let declaration = DeclaredTarget.find(options.database, inProject: project.path)
    let configuration = Configuration.read()
    let directory = project.path
    let choice = TargetChoice { name, declarations in
      var options = options
      if let name { options.database = name }
      return try Target(options: options, declarations: declarations, directory: directory)
    }
    let consoleOptions = ConsoleOptions(
      target: declaration?.name, label: declaration?.label, colour: declaration?.colour,
      isProtected: declaration?.isProtected ?? false,
      readOnlyReason: options.readOnly ? "--read-only was given" : nil,
      secondsFromUTC: Clock.secondsFromUTC(), configuration: configuration.ofConsole)
    return try ConsoleSession(
      projectPath: project.path, leavesOutUnreadable: project.leaveOutUnreadable,
      target: choice.keepingSecrets(in: secrets), options: consoleOptions, appearance: appearance,
      configuration: configuration, holding: holding, secrets: secrets
    ).run(script: script)
  }
}

/// How the console looks.
struct AppearanceOptions: ParsableArguments, Sendable {
  @Option(help: ArgumentHelp("The theme to begin with (themes/NAME.toml).", valueName: "name"))
  var theme: String?

  @Option(help: "When to use colour.")
  var color = ColorChoice.auto

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false
}
