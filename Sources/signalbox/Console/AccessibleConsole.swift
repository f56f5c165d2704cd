import Console
import Display
import Glibc
import Migrations
import Script
import Terminal
import Threads

/// The console in plain lines (``SpokenConsole``): for screen readers, for terminals that cannot place a cursor, and for
/// input that is no terminal at all.
///
/// The same engine and the same reducer as on the screen; only what is said and heard differs.
struct AccessibleConsole {
  let session: ConsoleSession

  private enum Message: Sendable {
    case action(ConsoleAction)
    case line(String)
    case endOfInput
    case interrupted
  }

  /// How often something that is under way is looked at, in seconds.
  private static let beat = 1.0

  /// Holds the session until the operator leaves, the input ends, or a signal asks the process to end.
  func run() throws -> ExitStatus {
    let mailbox = try Mailbox<Message>()
    let errands = Errands(engine: session.engine { mailbox.post(.action($0)) })
    defer { errands.finish() }
    let interruption = Interruption { mailbox.post(.interrupted) }
    defer { interruption.stop() }
    try Self.readLines { mailbox.post($0) }
    var speech = SpokenConsole()
    var options = session.options
    options.isSpoken = true
    var (state, effects) = ConsoleState.start(
      options: options, size: Size(columns: 200, rows: 60), now: Clock.now())
    var lines: [String] = []
    var hasEnded = false
    var inputHasEnded = false
    var isPrompted = false
    let isTerminal = isatty(STDIN_FILENO) == 1
    let out = PlainOutput(isASCII: session.appearance.ascii || !Environment.speaksUTF8)

    func perform() {
      for effect in effects {
        switch effect {
        case .quit: hasEnded = true
        case .copy(let text): out.say([text])
        case .suspend, .redraw, .setMouse: break
        case .openEditor(let location):
          let file = session.projectPath + "/" + location.file
          if let problem = Editor.open(file, line: location.position?.line) {
            mailbox.post(.action(.failed(problem)))
          }
          errands.send(.loadProject)
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
    func say(_ said: [String]) {
      guard !said.isEmpty else { return }
      if isPrompted { out.endPrompt() }
      isPrompted = false
      out.say(said)
    }

    say(["Signalbox. Type help for the commands, quit to leave."])
    for problem in session.configuration.problems { take(.failed(problem)) }
    perform()
    while !hasEnded {
      say(speech.news(state))
      // A line is heard when there is something to answer; during a run it may be what stops it.
      while let line = lines.first, !hasEnded, !state.isMoving || (isTerminal && state.isRunning) {
        lines.removeFirst()
        isPrompted = false
        let (said, actions) = speech.hear(line, state)
        say(said)
        for action in actions where !hasEnded { take(action) }
        if !hasEnded { say(speech.news(state)) }
      }
      if hasEnded || (inputHasEnded && lines.isEmpty && !state.isMoving) { break }
      let prompt = speech.prompt(state)
      if !isPrompted, !inputHasEnded, !state.isMoving, !prompt.isEmpty {
        out.prompt(prompt)
        isPrompted = true
      }
      mailbox.wait(
        seconds: state.isMoving ? Self.beat : state.nextDeadline.map { max(0.1, $0 - Clock.now()) } ?? 3_600)
      for message in mailbox.takeAll() where !hasEnded {
        switch message {
        case .action(let action): take(action)
        case .line(let line): lines.append(line)
        case .endOfInput: inputHasEnded = true
        case .interrupted:
          // A run that is going on is rolled back and recorded before the process ends.
          say(["Interrupted."])
          errands.finish()
          return .stopped
        }
      }
      if let deadline = state.nextDeadline, Clock.now() >= deadline { take(.tick) }
    }
    if isPrompted { out.endPrompt() }
    return .done
  }

  /// Reads lines on a thread of its own: reading blocks.
  private static func readLines(_ post: @escaping @Sendable (Message) -> Void) throws {
    try PlainThread.start {
      while let line = readLine() { post(.line(line)) }
      post(.endOfInput)
    }
  }
}

/// Lines and prompts on standard output.
private struct PlainOutput {
  let isASCII: Bool

  func say(_ lines: [String]) {
    for line in lines { Output.standard(written(line)) }
  }

  func prompt(_ text: String) { Output.text(written(text)) }

  func endPrompt() { Output.text("\n") }

  private func written(_ text: String) -> String {
    guard isASCII else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isASCII ? $0 : "?" }))
  }
}
