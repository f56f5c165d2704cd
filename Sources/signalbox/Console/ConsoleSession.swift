import Console
import Display
import Postgres

/// A session of the console, however it is held.
struct ConsoleSession {
  let projectPath: String
  var leavesOutUnreadable = false
  let target: TargetChoice
  let options: ConsoleOptions
  let appearance: AppearanceOptions
  let configuration: Configuration
  let holding: SessionOptions
  let secrets: KnownSecrets

  /// Holds it to its end.
  ///
  /// - Parameter script: What is played instead of a terminal.
  /// - Throws: ``CommandFailure`` or what keeps the terminal from being used.
  func run(script: ConsoleScript?) throws -> ExitStatus {
    if holding.isPlain { return try AccessibleConsole(session: self).run() }
    let recording = try holding.record.map {
      try Recording(to: $0, secrets: secrets, uptime: Clock.uptime())
    }
    if let script {
      return try ScriptedConsole(session: self, script: script, recording: recording).run()
    }
    return try ConsoleProgram(session: self, recording: recording).run()
  }

  /// What does the console's errands, and posts what comes of them.
  func engine(post: @escaping @Sendable (ConsoleAction) -> Void) -> ConsoleEngine {
    ConsoleEngine(
      projectPath: projectPath, leavesOutUnreadable: leavesOutUnreadable, target: target,
      configuration: configuration, post: post)
  }

  /// The themes, the one to begin with first.
  func themes() -> ThemeDirectory {
    ThemeDirectory.themes(first: appearance.theme ?? configuration.theme.content)
  }
}
