import Console
import Display
import Glibc
import Migrations
import Terminal

/// Plays a script to a console that has no terminal: for tests, demonstrations, pictures and reports of what goes wrong.
///
/// With `SOURCE_DATE_EPOCH` set, clocks stand still there and durations are given (``StillTime``), so that what is kept of
/// the screen is the same the next time.
struct ScriptedConsole {
  let session: ConsoleSession
  let script: ConsoleScript
  let recording: Recording?

  /// How long a text is waited for, in seconds.
  private static let patience = 300.0

  /// Plays it to its end, or until the console leaves.
  ///
  /// - Throws: ``CommandFailure`` with the step whose text never came.
  func run() throws -> ExitStatus {
    let mailbox = try Mailbox<ConsoleAction>()
    let errands = Errands(engine: session.engine(post: mailbox.post))
    defer { errands.finish() }
    let themes = session.themes()
    var stillTime = StillTime.ofEnvironment()
    var (state, effects) = ConsoleState.start(
      options: session.options, size: Size(columns: 120, rows: 36),
      glyphs: session.appearance.ascii ? .ascii : .unicode, themes: themes.themes,
      now: stillTime?.now ?? Clock.now())
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
    func take(_ action: ConsoleAction) throws {
      let stilled = stillTime?.still(action) ?? action
      let (next, wanted) = reduce(state, stilled, now: stillTime?.now ?? Clock.now())
      state = next
      effects += wanted
      perform()
      if let trouble = recording?.take(view(state), uptime: Clock.uptime()) {
        throw CommandFailure(.failed, trouble.message)
      }
    }

    func wait(
      at step: ConsoleScript.Step, for failure: String, until isSo: (ConsoleState) -> Bool
    ) throws {
      let deadline = Clock.uptime() + Self.patience
      while !isSo(state) {
        guard Clock.uptime() < deadline else {
          throw CommandFailure(
            .failed, "\(scriptFile):\(step.line): \(failure)", advice: Self.text(of: view(state)))
        }
        mailbox.wait(seconds: 0.125)
        for message in mailbox.takeAll() { try take(message) }
        try take(.tick)
      }
    }

    perform()
    for step in script.steps {
      if hasEnded { break }
      switch step.deed {
      case .size(let size): try take(.resized(size))
      case .keys(let keys): for key in keys where !hasEnded { try take(.key(key)) }
      case .dump(let file): try Self.dump(view(state), to: file)
      case .picture(let name, let sizes, let themes):
        let booth = PictureBooth(directory: session.holding.picture ?? ".")
        try booth.take(name, of: state, sizes: sizes, themes: themes, at: "\(scriptFile):\(step.line)")
      case .wait(let text):
        try wait(at: step, for: "“\(text)” never came on the screen") {
          Self.text(of: view($0)).contains(text)
        }
      case .rest: try wait(at: step, for: "the console never came to rest") { !$0.isMoving }
      }
      for message in mailbox.takeAll() { try take(message) }
    }
    return .done
  }

  private var scriptFile: String { session.holding.script ?? "script" }

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
