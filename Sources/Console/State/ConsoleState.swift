import Display
import Migrations
import Schema
import Verification

/// All that the console knows; ``reduce(_:_:now:)`` makes a new one for every action, ``view(_:)`` draws it.
public struct ConsoleState: Sendable {
  /// How large the terminal is.
  public internal(set) var size: Size
  /// The symbols that the terminal can draw.
  public let glyphs: Glyphs
  /// What the console was told when it started.
  public internal(set) var options: ConsoleOptions
  /// When the last action came, in seconds since 1970, UTC.
  var now: Double

  var themes: [Theme]
  var themeIndex = 0

  var projectLoading: Loading
  /// What is wrong with the project, if it could not be read.
  var projectProblems: [ProjectProblem] = []
  var model: ProjectModel?
  var connection: Connection
  var statusLoading = Loading.notAsked
  var statuses = StatusBook()
  /// The catalog that the states were judged by; nil before it was read.
  var catalog: Snapshot? { didSet { catalogNumber += 1 } }
  /// How often the catalog was read.
  private(set) var catalogNumber = 0

  /// The screen that is shown.
  public internal(set) var screen = Screen.rollout
  var rollout = RolloutScreen()
  var schema = SchemaScreen()
  var access = AccessScreen()
  var verify = VerifyScreen()
  var activity = ActivityScreen()
  var history = HistoryScreen()
  var places = PlaceHistory()
  /// How many requests screens have made.
  var requests = 0
  /// What screens have asked for and not been answered yet.
  var awaited: [ScreenRequest.Slot: AwaitedRequest] = [:]
  /// Whether the keys go into the filter.
  var isFiltering = false
  /// The line of typed commands, while it has the keys.
  var commandLine: CommandLine?
  /// What was typed there, the newest last.
  var commandHistory: [String] = []
  /// Whether files changed while a run had the project.
  var hasChangedFiles = false
  /// What is switched on.
  var settings: Set<Setting>
  var log = Log()
  /// Why the last key did nothing, until the next one.
  var refusal: String?
  var overlays: [Overlay] = []
  var planRequests = 0

  var run: RunProgress?
  /// What is seen inside the run's open transaction, while the operator looks there.
  var inside: InsideLook?
  var quitsAfterRun = false

  /// Makes the state before anything is loaded, and what must be asked for first.
  public static func start(
    options: ConsoleOptions, size: Size, glyphs: Glyphs = .unicode, themes: [Theme] = [.standard], now: Double
  ) -> (ConsoleState, [ConsoleEffect]) {
    let state = ConsoleState(
      size: size, glyphs: glyphs, options: options, now: now, themes: Self.choice(of: themes),
      projectLoading: .waiting(since: now), connection: .connecting(since: now))
    let mouse: [ConsoleEffect] = options.configuration.settings.contains(.mouse) ? [.setMouse(true)] : []
    return (state, [.loadProject, .connect] + mouse)
  }

  private init(
    size: Size, glyphs: Glyphs, options: ConsoleOptions, now: Double, themes: [Theme],
    projectLoading: Loading, connection: Connection
  ) {
    self.size = size
    self.glyphs = glyphs
    self.options = options
    settings = options.configuration.settings
    commandHistory = options.commandHistory
    self.now = now
    self.themes = themes
    self.projectLoading = projectLoading
    self.connection = connection
  }

  /// The themes to choose from: of several with one name the last, which is the operator's own.
  static func choice(of themes: [Theme]) -> [Theme] {
    var choice: [Theme] = []
    for theme in themes {
      if let index = choice.firstIndex(where: { $0.name == theme.name }) {
        choice[index] = theme
      } else {
        choice.append(theme)
      }
    }
    return choice.isEmpty ? [.standard] : choice
  }

  /// The keys that ask for commands.
  var bindings: KeyBindings { options.configuration.bindings }

  /// The theme that is shown.
  public var theme: Theme { themes[themeIndex] }

  /// When the screen changes although nothing happens, in seconds since 1970; nil if it does not.
  ///
  /// Only what is under way moves: an idle console is never woken.
  public var nextDeadline: Double? {
    isMoving ? now + Self.heartbeat : shown.nextWake(self).map { max($0, now) }
  }

  /// How often moving things move, in seconds: slow enough to cost nothing, fast enough to look alive.
  static let heartbeat = 0.125

  /// Whether something is under way that will change the screen by itself.
  public var isMoving: Bool {
    if projectLoading.waitingSince != nil || statusLoading.waitingSince != nil { return true }
    if case .connecting = connection { return true }
    if let run, run.isMoving { return true }
    if !awaited.isEmpty { return true }
    return overlays.contains {
      if case .plan(let plan) = $0, case .waiting = plan.result { true } else { false }
    }
  }
}

extension ConsoleState {
  /// Why nothing may be changed in the target; nil if it may.
  var readOnlyReason: String? {
    if let reason = options.readOnlyReason { return reason }
    return connection.server?.isReadOnly == true ? "the server's session is read-only" : nil
  }

  /// Whether a run is going on.
  public var isRunning: Bool { run.map { !$0.isOver } ?? false }

  /// What the confirmation of a protected target wants typed.
  var confirmationName: String? {
    options.isProtected ? connection.server?.database ?? options.target : nil
  }

  /// What the header and questions call the target.
  var targetName: String {
    options.label ?? options.target ?? connection.server?.database ?? "target"
  }
}
