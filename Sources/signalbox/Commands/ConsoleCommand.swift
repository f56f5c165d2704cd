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

  @Option(
    help: ArgumentHelp(
      "Play a script instead of opening the terminal.",
      discussion: "Its steps are wait TEXT, keys KEY…, type TEXT, size COLUMNSxROWS, dump [FILE].",
      valueName: "file"))
  var script: String?

  func performOnMainThread() throws -> ExitStatus {
    if script == nil { try ConsoleTerminal.requireTerminal() }
    let options = target
    let declaration = DeclaredTarget.find(options.database, inProject: project.path)
    let configuration = Configuration.read()
    let choice = TargetChoice { name, declarations in
      var options = options
      if let name { options.database = name }
      return try Target(options: options, declarations: declarations)
    }
    let consoleOptions = ConsoleOptions(
      target: declaration?.name, label: declaration?.label, colour: declaration?.colour,
      isProtected: declaration?.isProtected ?? false,
      readOnlyReason: options.readOnly ? "--read-only was given" : nil,
      secondsFromUTC: Clock.secondsFromUTC(), settings: configuration.settings,
      bindings: configuration.bindings)
    if let script {
      let text = String(decoding: try FileSystem.local.read(script), as: UTF8.self)
      return try ScriptedConsole(
        script: try ConsoleScript(parsing: text, file: script), scriptFile: script,
        projectPath: project.path, leavesOutUnreadable: project.leaveOutUnreadable, target: choice,
        options: consoleOptions, theme: appearance.theme ?? configuration.theme.content,
        configuration: configuration
      ).run()
    }
    return try ConsoleProgram(
      projectPath: project.path, leavesOutUnreadable: project.leaveOutUnreadable, target: choice,
      options: consoleOptions, appearance: appearance, configuration: configuration
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
