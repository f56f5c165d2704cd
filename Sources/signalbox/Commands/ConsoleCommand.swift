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

  func performOnMainThread() throws -> ExitStatus {
    try ConsoleTerminal.requireTerminal()
    let options = target
    let declaration = DeclaredTarget.find(options.database, inProject: project.path)
    return try ConsoleProgram(
      projectPath: project.path, leavesOutUnreadable: project.leaveOutUnreadable,
      target: TargetChoice { try Target(options: options, declarations: $0) },
      options: ConsoleOptions(
        target: declaration?.name, isProtected: declaration?.isProtected ?? false,
        readOnlyReason: options.readOnly ? "--read-only was given" : nil,
        secondsFromUTC: Clock.secondsFromUTC()),
      appearance: appearance
    ).run()
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
