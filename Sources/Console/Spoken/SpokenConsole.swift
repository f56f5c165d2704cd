import Display
import Migrations
import Script

/// The console in plain lines, for screen readers and terminals that cannot place a cursor: what is new is said once, one
/// fact a line, and what is typed is a line.
///
/// It looks at the same state that the screens are drawn from; what is typed becomes actions of the same reducer.
public struct SpokenConsole: Sendable {
  /// The log's entries that were said.
  private var entries = 0
  private var window: [String] = []
  private var windows = 0
  private var screen = Screen.rollout
  var isArriving = false
  private var counts = ""
  private var choice = ""
  private var pause: RunProgress.Pause?
  private var isInRun = false
  private var refusal: String?
  private var progressAt: Double?
  /// The rows that were listed last, and how many of them were said.
  var rows: [String] = []
  var saidRows = 0
  /// Whether the rows are numbered: not where a number could be taken for a version.
  private var isNumbered = true
  /// Whether the row that was just gone to is to be said in full.
  var owesDetail = false

  /// How long it is quiet while statements run, in seconds.
  static let progressPause = 5.0
  /// How many rows are said at once.
  static let page = 20

  /// Knows nothing yet.
  public init() {}

  /// What has become known since the last time.
  public mutating func news(_ state: ConsoleState) -> [String] {
    let said =
      runNews(state) + logNews(state) + progress(state) + countNews(state) + screenNews(state)
      + windowNews(state)
      + pauseNews(state)
      + detailNews(state)
    defer { refusal = state.refusal }
    guard let refused = state.refusal, refused != refusal else { return said }
    return said + ["Not done: \(SpokenText.text(refused))"]
  }

  /// What can be said now: the end of the line on which something is typed.
  public func prompt(_ state: ConsoleState) -> String {
    if case .confirmation(let question) = state.overlays.last {
      if let expected = question.expected {
        return "\(question.acknowledgements.isEmpty ? "Type the name" : "Type this"): \(expected), or no: "
      }
      return "Yes or no: "
    }
    let words = choices(state)
    if !state.overlays.isEmpty || state.run?.pause != nil {
      return words.isEmpty ? "Command: " : "\(words.joined(separator: ", ")): "
    }
    // What stops a run was said when it began; a prompt between its lines would be read out with each of them.
    if state.isRunning { return "" }
    return "Command, or help: "
  }

  /// The words of the commands that make sense where the operator is.
  func choices(_ state: ConsoleState) -> [String] {
    let isPaused = state.overlays.isEmpty && state.run?.pause != nil && state.isRunning
    return ConsoleCommand.applying(in: state).filter { command in
      command.hint != nil && command.availability(state) == .available
        && (!isPaused || command.section == .running || command.hint == "quit")
    }.map(\.spokenName).filter { $0 != "help" || state.overlays.isEmpty }.reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  /// How a run is stopped, once at its beginning.
  private mutating func runNews(_ state: ConsoleState) -> [String] {
    defer { isInRun = state.isRunning }
    guard state.isRunning, !isInRun else { return [] }
    return ["The run begins: type pause, abort or quit to stop it."]
  }

  private mutating func logNews(_ state: ConsoleState) -> [String] {
    let fresh = state.log.entries.suffix(max(0, state.log.total - entries))
    entries = state.log.total
    return fresh.compactMap { entry in
      switch entry.kind {
      // A run without stops says how far it is; one by one they would drown everything else.
      case .statement: nil
      case .information, .done: SpokenText.text(entry.text)
      case .notice, .warning, .error: "\(entry.kind.rawValue): \(SpokenText.text(entry.text))"
      }
    }
  }

  private mutating func progress(_ state: ConsoleState) -> [String] {
    guard let run = state.run, !run.isOver, run.pause == nil, let id = run.current,
      let progress = run.migrations[id], let statement = progress.currentStatement
    else {
      progressAt = nil
      return []
    }
    guard let last = progressAt else {
      progressAt = state.now
      return []
    }
    guard state.now - last >= Self.progressPause else { return [] }
    progressAt = state.now
    let count = run.step(id)?.statements.count ?? 0
    var text = "\(id): statement \(statement + 1) of \(count)"
    if let fraction = run.activity?.fraction { text += ", \(Int(fraction * 100)) percent" }
    return [text + ", \(Amounts.duration(milliseconds: (state.now - progress.startedAt) * 1_000)) so far"]
  }

  private mutating func countNews(_ state: ConsoleState) -> [String] {
    guard !state.statuses.isEmpty, state.statusLoading == .loaded else { return [] }
    let summary = RolloutSummary(state: state)
    var said: [String] = []
    let counts = SpokenText.text(summary.counts)
    if counts != self.counts { said.append("Migrations: \(counts)") }
    let choice = state.model.map { state.rollout.selection.spoken(in: $0) } ?? ""
    if choice != self.choice { said.append(choice.isEmpty ? "Nothing is chosen." : choice) }
    (self.counts, self.choice) = (counts, choice)
    return said
  }

  private mutating func screenNews(_ state: ConsoleState) -> [String] {
    if state.screen != screen {
      screen = state.screen
      isArriving = true
    }
    guard isArriving, !state.isMoving, state.screen != .rollout else {
      if state.screen == .rollout { isArriving = false }
      return []
    }
    isArriving = false
    return say(state)
  }

  /// Says the screen: what it is, its sums, its rows; of a few rows the details too.
  mutating func say(_ state: ConsoleState) -> [String] {
    // On Access it is the legend of signs that nobody hears.
    let (left, right) = state.screen == .access ? (Line(), Line()) : state.shown.summary(state)
    let sums = [left, right].map { SpokenText.text($0) }.filter { !$0.isEmpty }
    list(state)
    var said = ["\(state.screen.title)."] + sums
    if let filter = state.shown.filter(state), !filter.text.isEmpty {
      said.append("Only what contains \(filter.text): \(filter.matches) of \(filter.total).")
    }
    said += more()
    let isFiltered = state.shown.filter(state).map { !$0.text.isEmpty } ?? false
    if isFiltered || rows.count == 1 { said += state.shown.spokenDetail(state) }
    return said
  }

  private mutating func detailNews(_ state: ConsoleState) -> [String] {
    guard owesDetail, !state.isMoving else { return [] }
    owesDetail = false
    return state.shown.spokenDetail(state)
  }

  /// What was said of a window or refused is said again.
  mutating func forgetWindow() { (window, windows) = ([], 0) }
  mutating func forgetRefusal() { refusal = nil }

  /// Begins the list anew.
  mutating func list(_ state: ConsoleState) {
    rows = state.screen == .rollout ? state.spokenStates : state.shown.spokenRows(state)
    saidRows = 0
    isNumbered = state.screen != .rollout || !state.numberedMigrations.isEmpty
  }

  /// The next rows.
  mutating func more() -> [String] {
    let next = rows[min(saidRows, rows.count)...].prefix(Self.page)
    let first = saidRows
    saidRows += next.count
    var said = next.enumerated().map {
      isNumbered ? "\(first + $0.offset + 1). \($0.element)" : $0.element
    }
    if saidRows < rows.count { said.append("\(rows.count - saidRows) more: type more.") }
    return said
  }

  private mutating func windowNews(_ state: ConsoleState) -> [String] {
    guard let overlay = state.overlays.last else {
      (window, windows) = ([], 0)
      return []
    }
    if case .plan(let plan) = overlay, case .waiting = plan.result { return [] }
    let content = OverlayContent(overlay, state, isWrapped: false)
    var lines = [SpokenText.text(content.title.string)]
    if !content.note.isEmpty { lines[0] += ", " + SpokenText.text(content.note.string) }
    // Which keys answer is for hands on the screen; the prompt says what can be typed.
    lines += (0..<content.count).map { content.line($0) }.filter {
      !$0.spans.contains { $0.role == .keyHint }
    }.map {
      SpokenText.text($0)
    }.filter { !$0.isEmpty }
    defer { (window, windows) = (lines, state.overlays.count) }
    guard lines != window else { return [] }
    // What was said of a window is not said again when it grows.
    let isSame = windows == state.overlays.count && lines.starts(with: window) && !window.isEmpty
    if case .text = overlay { return isSame ? [] : Array(lines.prefix(200)) }
    return isSame ? Array(lines.dropFirst(window.count)) : lines
  }

  private mutating func pauseNews(_ state: ConsoleState) -> [String] {
    let now = state.isRunning ? state.run?.pause : nil
    defer { pause = now }
    guard let now, now != pause else { return [] }
    let count = state.run?.step(now.migration)?.statements.count ?? 0
    guard let index = now.statement, let statement = state.statement(index, of: now.migration) else {
      return ["Waiting in \(now.migration)."]
    }
    var said = ["Waiting before statement \(index + 1) of \(count) of \(now.migration)."]
    said.append("It is: \(SpokenText.text(statement.summary))")
    if let lock = statement.locks.max(by: { $0.mode < $1.mode }) { said.append("It locks: \(lock.phrase)") }
    return said
  }
}

extension ConsoleCommand {
  /// The word by which it is asked for.
  var spokenName: String {
    switch hint {
    case let hint? where !hint.contains(" "): hint
    default: typedName
    }
  }
}

extension Selection {
  /// What is chosen and what comes along, in one sentence; empty if nothing is.
  fileprivate func spoken(in model: ProjectModel) -> String {
    guard !isEmpty else { return "" }
    let names = ordered(in: model).map(\.rawValue).joined(separator: ", ")
    let along = model.project.migrations.map(\.id).filter { comingAlong[$0] != nil }.map(\.rawValue)
    return "Chosen: \(names)."
      + (along.isEmpty ? "" : " Coming along because they are needed: \(along.joined(separator: ", ")).")
  }
}
