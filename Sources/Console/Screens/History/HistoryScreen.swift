import Display
import Migrations
import Schema

/// What the target remembers: runs and what happened in them, how long migrations took, what other tools recorded.
struct HistoryScreen: Sendable {
  var list = FilteredList<HistoryRow>()
  var detail = DetailPane()
  var panes = TwoPanes()
  var facts: HistoryFacts?
  var shown = HistoryList.runs
  /// Whether what is shown was read before the target changed.
  var isOutdated = false
  /// What kept the history from being read, if something did.
  var trouble: Trouble?

  /// The longest execution time, in milliseconds, and the cells that the longest name takes.
  private(set) var longest = 0.0
  private(set) var nameColumns = 0

  static let slot = ScreenRequest.history(.read).slot

  /// Makes the rows anew.
  mutating func rebuild(now: Double, secondsFromUTC: Int) {
    guard let facts else { return }
    list.take(shown.rows(facts, now: now, secondsFromUTC: secondsFromUTC))
    longest = 0
    nameColumns = 0
    for item in list.items {
      switch item.content {
      case .times(let times):
        longest = max(longest, times.attempts.last?.milliseconds ?? 0)
        nameColumns = max(nameColumns, times.migration.rawValue.count)
      case .witness(_, let entry): nameColumns = max(nameColumns, entry.id.rawValue.count)
      case .heading, .run: break
      }
    }
  }
}

extension HistoryScreen: ListScreen {
  static let screen = Screen.history
  static var path: any WritableKeyPath<ConsoleState, HistoryScreen> & Sendable { \.history }
  static let arrangement = TwoPanes.Arrangement.below(list: 50)

  static func appear(_ reduction: inout Reduction) { reduction.readHistory() }
  static func forget(_ reduction: inout Reduction) { reduction.state.history.isOutdated = true }

  static func nextWake(_ state: ConsoleState) -> Double? { state.replay?.nextAt }
  static func wake(_ reduction: inout Reduction) { reduction.playOn() }

  static func take(
    _ answer: Result<ScreenAnswer, Trouble>, to request: ScreenRequest, _ reduction: inout Reduction
  ) {
    guard case .history(let asked) = request else { return }
    switch (answer, asked) {
    case (.success(.history(.read(let facts))), _): reduction.takeHistory(facts)
    case (.success(.history(.replay(let log))), _): reduction.showReplay(of: log)
    case (.failure(let trouble), .read): reduction.state.history.trouble = trouble
    case (.failure(let trouble), .replay): reduction.refuse(trouble.message)
    default: break
    }
  }

  static func subject(_ state: ConsoleState) -> Subject? {
    if state.history.panes.focus == .detail, let part = state.history.detail.part { return part }
    return detailSubject(state)
  }

  static func detailSubject(_ state: ConsoleState) -> Subject? {
    switch state.history.list.current?.content {
    case .heading(let title, _): .row(title)
    case .run(let run): .row(name(of: run.id))
    case .times(let times): .migration(times.migration)
    case .witness(let tool, let entry): .row("\(tool) \(entry.id.rawValue)")
    case nil: nil
    }
  }

  static func show(_ subject: Subject, _ reduction: inout Reduction) -> Bool {
    switch subject {
    case .row(let name):
      return reduction.selectInHistory { row in
        if case .run(let run) = row.content { Self.name(of: run.id) == name } else { false }
      }
    case .migration(let id):
      if reduction.state.history.shown == .runs { reduction.showHistoryList(.times) }
      return reduction.selectInHistory { row in
        switch row.content {
        case .times(let times): times.migration == id
        case .witness(_, let entry): entry.id == id
        case .heading, .run: false
        }
      }
    case .object: return false
    }
  }

  /// What a run is called as a place to come back to.
  static func name(of run: Int64) -> String { "run \(run)" }

  static func openPart(_ reduction: inout Reduction) -> Bool {
    switch reduction.state.history.detail.part {
    case .migration(let id): reduction.jump(to: .migration(id), on: .rollout)
    case .object(let object): reduction.jump(to: .object(object), on: .schema)
    case .row(let name):
      reduction.showHistoryList(.runs)
      return show(.row(name), &reduction)
    case nil: return false
    }
    return true
  }

  static func migrationUnderCursor(_ state: ConsoleState) -> MigrationID? {
    let id: MigrationID? =
      switch subject(state) {
      case .migration(let id): id
      case .object(let object): state.model?.origins[object]?.made
      case .row, nil:
        switch state.history.list.current?.content {
        case .run(let run): run.migrations.last?.id
        case .witness(_, let entry): entry.id
        default: nil
        }
      }
    return id.flatMap { state.model?.contains($0) == true ? $0 : nil }
  }

  static func textUnderCursor(_ state: ConsoleState) -> String? {
    switch subject(state) {
    case .migration(let id): id.rawValue
    case .object(let object): object.qualifiedName
    case .row(let name): name
    case nil: nil
    }
  }
}

extension HistoryScreen {
  /// The run under the cursor.
  var currentRun: RunRecord? {
    if case .run(let run) = list.current?.content { run } else { nil }
  }
}
