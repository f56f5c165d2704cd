import Display
import Migrations
import ServerActivity

/// Who is connected, who waits for whom, who stands in the way of the plan, and how far long statements are.
struct ActivityScreen: Sendable {
  var list = FilteredList<SessionRow>()
  var detail = DetailPane()
  var panes = TwoPanes()
  /// What went on when it was last read.
  var activity: Activity?
  /// When it was last asked for, in seconds since 1970.
  var askedAt: Double?
  var readAt: Double?
  var trouble: Trouble?
  /// Whether it is read again by itself while the screen is shown.
  var isFollowing = true
  /// Whether the server's own processes are listed as well.
  var showsServerProcesses = false
  /// Which sessions hold locks that the plan needs, and which.
  var obstacles: [Int32: [PlanObstacle]] = [:]

  static let slot = ScreenRequest.activity(.look).slot

  /// Seconds between two looks: fast enough to watch, slow enough to be nothing to the server.
  static let interval = 2.0
}

extension ActivityScreen: ListScreen {
  static let screen = Screen.activity
  static var path: any WritableKeyPath<ConsoleState, ActivityScreen> & Sendable { \.activity }
  static let arrangement = TwoPanes.Arrangement.below(list: 55)

  static func appear(_ reduction: inout Reduction) {
    // The operator came back to see what goes on, not what went on.
    reduction.lookAtActivity()
  }

  static func forget(_ reduction: inout Reduction) {
    reduction.state.activity.askedAt = nil
    reduction.state.activity.trouble = nil
  }

  static func nextWake(_ state: ConsoleState) -> Double? {
    guard state.activity.isFollowing, !state.isAwaiting(slot), case .connected = state.connection else {
      return nil
    }
    return (state.activity.askedAt ?? state.now) + interval
  }

  static func wake(_ reduction: inout Reduction) {
    guard let due = nextWake(reduction.state), due <= reduction.now else { return }
    reduction.lookAtActivity()
  }

  static func take(
    _ answer: Result<ScreenAnswer, Trouble>, to request: ScreenRequest, _ reduction: inout Reduction
  ) {
    guard case .activity(let asked) = request else { return }
    switch (answer, asked) {
    case (.success(.activity(.activity(let activity))), _): reduction.takeActivity(activity)
    case (.success(.activity(.signalled(let wasThere))), .signal(let signal, let key)):
      reduction.takeSignal(signal, key, wasThere)
    case (.failure(let trouble), _): reduction.takeActivityFailure(trouble)
    default: break
    }
  }

  static func subject(_ state: ConsoleState) -> Subject? {
    state.activity.current.map { .row("session \($0.id)") }
  }

  static func show(_ subject: Subject, _ reduction: inout Reduction) -> Bool {
    let row = reduction.state.activity.list.items.first {
      $0.session.map { .row("session \($0.id)") } == subject
    }
    return row.map { reduction.state.activity.list.select($0.id) } ?? false
  }

  static func textUnderCursor(_ state: ConsoleState) -> String? { state.activity.current?.query }
}

extension ActivityScreen {
  /// The session under the cursor.
  var current: Session? { list.current?.session }
}
