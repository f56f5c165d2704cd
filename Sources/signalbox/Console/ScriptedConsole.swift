import Console
import Display
import Glibc
import Migrations
import Terminal

/// Plays a script to a console that has no terminal: for tests, demonstrations and reports of what goes wrong.
struct ScriptedConsole {
  let script: ConsoleScript
  let scriptFile: String
  let projectPath: String
  var leavesOutUnreadable = false
  let target: TargetChoice
  let options: ConsoleOptions
  let theme: String?
  let configuration: Configuration

  /// How long a text is waited for, in seconds.
  private static let patience = 60.0

  /// Plays it to its end, or until the console leaves.
  ///
  /// - Throws: ``CommandFailure`` with the step whose text never came.
  func run() throws -> ExitStatus {
    let mailbox = try Mailbox<ConsoleAction>()
    let engine = ConsoleEngine(
      projectPath: projectPath, leavesOutUnreadable: leavesOutUnreadable, target: target,
      configuration: configuration, post: mailbox.post)
    let errands = Errands(engine: engine)
    defer { errands.finish() }
    let themes = ThemeDirectory.themes(first: theme)
    var (state, effects) = ConsoleState.start(
      options: options, size: Size(columns: 120, rows: 36), themes: themes.themes, now: Clock.now())
    var hasEnded = false

    func perform() {
      for effect in effects {
        switch effect {
        case .quit: hasEnded = true
        case .suspend, .redraw, .copy, .setMouse, .openEditor: break
        default: errands.send(effect)
        }
      }
      effects = []
    }
    func take(_ action: ConsoleAction) {
      let (next, wanted) = reduce(state, action, now: Clock.now())
      state = next
      effects += wanted
      perform()
    }

    perform()
    for step in script.steps {
      if hasEnded { break }
      switch step.deed {
      case .size(let size): take(.resized(size))
      case .keys(let keys): for key in keys where !hasEnded { take(.key(key)) }
      case .dump(let file): try Self.dump(view(state), to: file)
      case .wait(let text):
        let deadline = Clock.uptime() + Self.patience
        while !Self.text(of: view(state)).contains(text) {
          guard Clock.uptime() < deadline else {
            throw CommandFailure(
              .failed, "\(scriptFile):\(step.line): “\(text)” never came on the screen",
              advice: Self.text(of: view(state)))
          }
          mailbox.wait(seconds: 0.125)
          for message in mailbox.takeAll() { take(message) }
          take(.tick)
        }
      }
      for message in mailbox.takeAll() { take(message) }
    }
    return .done
  }

  private static func text(of frame: Frame) -> String {
    (0..<frame.size.rows).map { frame.text(ofRow: $0) }.joined(separator: "\n")
  }

  private static func dump(_ frame: Frame, to file: String?) throws {
    let text = "\(frame.size)\n\(self.text(of: frame))"
    guard let file else {
      Output.standard(text)
      return
    }
    guard let stream = fopen(file, "w") else {
      throw CommandFailure(.usage, "\(file) cannot be written: \(String(cString: strerror(errno)))")
    }
    defer { fclose(stream) }
    guard fputs(text + "\n", stream) >= 0 else {
      throw CommandFailure(.usage, "\(file) cannot be written: \(String(cString: strerror(errno)))")
    }
  }
}
