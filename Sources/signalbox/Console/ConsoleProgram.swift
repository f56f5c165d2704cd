import Console
import Display
import Glibc
import Migrations
import Script
import Terminal

/// The console's loop: waits, reduces, draws; owns the main thread and the terminal.
struct ConsoleProgram {
  let session: ConsoleSession
  let recording: Recording?

  /// Runs until the operator leaves or the process is asked to end.
  ///
  /// - Throws: ``TerminalError`` before anything was changed on the screen.
  func run() throws -> ExitStatus {
    let mailbox = try Mailbox<ConsoleAction>()
    let terminal = try Terminal.open(terminalOptions)
    let glyphs = session.appearance.ascii ? Glyphs.ascii : terminal.glyphs
    let errands = Errands(engine: session.engine(post: mailbox.post))
    defer { errands.finish() }
    let themes = session.themes()
    let memory = CommandHistoryFile.standard.memory()
    var options = session.options
    options.commandHistory = memory.lines
    var (state, effects) = ConsoleState.start(
      options: options, size: terminal.size, glyphs: glyphs,
      themes: themes.themes.map { $0.adapted(to: terminal.colourDepth) }, now: Clock.now())
    // The first paint comes before anything is read or connected.
    var shown = view(state)
    var pace = FollowingPace(isLinkSlow: Environment.isRemote)
    show(shown, on: terminal, mailbox)
    var loop = TerminalLoop(terminal: terminal, mailbox: mailbox)
    var ending: EndRequest?
    let depth = terminal.colourDepth
    let themeWatch = FileWatch {
      let themes = ThemeDirectory.themes(first: nil)
      mailbox.post(.themesLoaded(themes.themes.map { $0.adapted(to: depth) }))
      for problem in themes.problems { mailbox.post(.failed(problem)) }
    }
    themeWatch?.set(Set(ThemeDirectory.directories()))
    let configurationWatch = watchConfiguration(mailbox, errands)
    defer { configurationWatch?.set([]) }
    if let typed = memory.problem { mailbox.post(.failed(typed)) }
    for problem in session.configuration.problems + themes.problems { mailbox.post(.failed(problem)) }
    while true {
      for effect in effects {
        if effect == .quit {
          terminal.close()
          errands.finish()
          return .done
        }
        perform(effect, on: terminal, errands, mailbox)
      }
      effects = []
      var isKey = false
      let deadline = [state.nextDeadline, pace.deadline].compactMap(\.self).min()
      for event in loop.next(before: instant(deadline)) {
        let screen = state.screen
        for action in Self.actions(for: event, in: state, ending: &ending) {
          let (next, wanted) = reduce(state, action, now: Clock.now())
          state = next
          effects += wanted
        }
        // Another screen has nothing to stay behind.
        if case .key = event { isKey = state.screen == screen }
      }
      if let ending {
        // A run that is going on is rolled back and recorded before the process ends.
        terminal.close()
        errands.finish()
        exit(ending.exitStatus)
      }
      shown = view(state, behind: pace.staysBehind(isKey: isKey, now: Clock.now()) ? shown : nil)
      show(shown, on: terminal, mailbox)
    }
  }

  private func show(_ frame: Frame, on terminal: Terminal, _ mailbox: Mailbox<ConsoleAction>) {
    // First, so that whoever is killed has recorded whatever was seen.
    if let trouble = recording?.take(frame, uptime: Clock.uptime()) { mailbox.post(.failed(trouble)) }
    terminal.draw(frame)
  }

  private static func actions(
    for event: TerminalEvent<ConsoleAction>, in state: ConsoleState, ending: inout EndRequest?
  ) -> [ConsoleAction] {
    switch event {
    case .key(let key): return [.key(key)]
    case .mouse(let event): return [.mouse(event)]
    case .paste(let text): return state.acceptsText ? text.map { .key(.character($0)) } : []
    case .resized(let size): return [.resized(size)]
    case .message(let action): return [action]
    case .deadline: return [.tick]
    case .end(let request):
      ending = request
      return []
    }
  }

  private func perform(
    _ effect: ConsoleEffect, on terminal: Terminal, _ errands: Errands, _ mailbox: Mailbox<ConsoleAction>
  ) {
    switch effect {
    case .suspend:
      terminal.suspend()
      mailbox.post(.resized(terminal.size))
    case .redraw: terminal.forgetScreen()
    case .keepCommand(let line):
      if let problem = CommandHistoryFile.standard.append(line) { mailbox.post(.failed(problem)) }
    case .setMouse(let isOn): terminal.setMouse(isOn)
    case .copy(let text):
      if !terminal.copy(text) {
        mailbox.post(.failed(Trouble("the text is too long for the terminal's clipboard")))
      }
    case .openEditor(let location):
      let file = session.projectPath + "/" + location.file
      if let problem = terminal.withoutScreen({ Editor.open(file, line: location.position?.line) }) {
        mailbox.post(.failed(problem))
      }
      mailbox.post(.resized(terminal.size))
      errands.send(.loadProject)
    default: errands.send(effect)
    }
  }

  /// Takes the operator's file again when it is saved.
  private func watchConfiguration(_ mailbox: Mailbox<ConsoleAction>, _ errands: Errands) -> FileWatch? {
    let watch = FileWatch {
      let fresh = Configuration.read()
      errands.take(fresh)
      mailbox.post(.configured(fresh.ofConsole))
      for problem in fresh.problems { mailbox.post(.failed(problem)) }
    }
    watch?.set([ConfigurationDirectory.path])
    return watch
  }

  private func instant(_ deadline: Double?) -> ContinuousClock.Instant? {
    deadline.map { .now + .seconds($0 - Clock.now()) }
  }

  private var terminalOptions: TerminalOptions {
    var options = TerminalOptions(environment: Environment.all())
    switch session.appearance.color {
    case .auto: options.colours = .automatic
    case .always: options.colours = .always
    case .never: options.colours = .never
    }
    return options
  }
}

/// Hands effects to the engine in their order, and waits for its end.
final class Errands: Sendable {
  private let errands: AsyncStream<@Sendable (ConsoleEngine) async -> Void>.Continuation
  private let end = Handover<Void>()

  init(engine: ConsoleEngine) {
    let (stream, continuation) = AsyncStream.makeStream(
      of: (@Sendable (ConsoleEngine) async -> Void).self)
    errands = continuation
    let end = end
    Task {
      for await errand in stream { await errand(engine) }
      await engine.close()
      end.give(())
    }
  }

  /// Has an effect performed after those before it.
  func send(_ effect: ConsoleEffect) { errands.yield { await $0.perform(effect) } }

  /// Has a new configuration count for what comes after.
  func take(_ configuration: Configuration) { errands.yield { await $0.take(configuration) } }

  /// Ends the engine and waits until it has closed everything.
  ///
  /// A second call waits for nothing.
  func finish() {
    guard !end.wasTaken else { return }
    errands.finish()
    end.take()
  }
}

/// What the console needs of the terminal before it opens.
enum ConsoleTerminal {
  /// Refuses to open the console where there is no terminal.
  static func requireTerminal() throws {
    guard isatty(STDOUT_FILENO) == 1 else {
      throw CommandFailure(
        .usage, "the console needs a terminal, and standard output is none",
        advice: "use the commands: signalbox status, plan, apply, verify (signalbox --help)")
    }
  }
}
