import Display
import Migrations
import Verification

/// All that the console knows; ``reduce(_:_:now:)`` makes a new one for every action, ``view(_:)`` draws it.
public struct ConsoleState: Sendable {
  /// How large the terminal is.
  public internal(set) var size: Size
  /// The symbols that the terminal can draw.
  public let glyphs: Glyphs
  /// What the console was told when it started.
  public let options: ConsoleOptions
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

  var list = PhaseList()
  var selection = Selection()
  var focus = Pane.phases
  /// Which pane stands beside the list where there is room for one only.
  var sidePane = Pane.verification
  /// Whether the pane with the keys has the whole screen.
  var isZoomed = false
  /// The neighbourhood of the shown migration; nil while none is shown.
  var graphRows: GraphRows?
  var graph = ListPosition()
  var verificationTop = 0
  var statements = ListPosition()
  /// The migration that verification and statements were last shown for.
  var panesOwner: MigrationID?
  /// Whether the keys go into the filter.
  var isFiltering = false
  var log = Log()
  /// Why the last key did nothing, until the next one.
  var refusal: String?
  var overlays: [Overlay] = []
  var planRequests = 0

  var run: RunProgress?
  /// Whether list and statements go along with the run.
  var followsRun = true
  var quitsAfterRun = false

  /// Makes the state before anything is loaded, and what must be asked for first.
  public static func start(
    options: ConsoleOptions, size: Size, glyphs: Glyphs = .unicode, themes: [Theme] = [.standard], now: Double
  ) -> (ConsoleState, [ConsoleEffect]) {
    let state = ConsoleState(
      size: size, glyphs: glyphs, options: options, now: now, themes: Self.choice(of: themes),
      projectLoading: .waiting(since: now), connection: .connecting(since: now))
    return (state, [.loadProject, .connect])
  }

  private init(
    size: Size, glyphs: Glyphs, options: ConsoleOptions, now: Double, themes: [Theme],
    projectLoading: Loading, connection: Connection
  ) {
    self.size = size
    self.glyphs = glyphs
    self.options = options
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

  /// The theme that is shown.
  public var theme: Theme { themes[themeIndex] }

  /// When the screen changes although nothing happens, in seconds since 1970; nil if it does not.
  ///
  /// Only what is under way moves: an idle console is never woken.
  public var nextDeadline: Double? { isMoving ? now + Self.heartbeat : nil }

  /// How often moving things move, in seconds: slow enough to cost nothing, fast enough to look alive.
  static let heartbeat = 0.125

  private var isMoving: Bool {
    if projectLoading.waitingSince != nil || statusLoading.waitingSince != nil { return true }
    if case .connecting = connection { return true }
    if let run, run.isMoving { return true }
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
  var isRunning: Bool { run.map { !$0.isOver } ?? false }

  /// The migration that the panes beside the list show.
  var shownMigration: MigrationID? {
    if isRunning, followsRun, let current = run?.current { return current }
    return list.cursorMigration
  }

  /// What the confirmation of a protected target wants typed.
  var confirmationName: String? {
    options.isProtected ? connection.server?.database ?? options.target : nil
  }

  /// What the header and questions call the target.
  var targetName: String {
    options.target ?? connection.server?.database ?? "target"
  }
}
