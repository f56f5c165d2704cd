import Display
import Migrations

/// The list of the History screen, and its sums.
extension HistoryScreen {
  static func summary(_ state: ConsoleState) -> (left: Line, right: Line) {
    guard let facts = state.history.facts else { return (Line(), Line()) }
    let dot: Text = " \(state.glyphs.middleDot) "
    var left = Line("\(Amounts.count(facts.runs.count, "run"))", .muted)
    let bad = facts.runs.count { $0.ending.isBad }
    if bad > 0 {
      left.add(dot, .muted)
      left.add("\(bad) did not end well", .warning)
    }
    let slower = ExecutionTimes.all(of: facts.runs).count {
      if case .slower = $0.trend { true } else { false }
    }
    if slower > 0 {
      left.add(dot, .muted)
      left.add("\(Amounts.count(slower, "migration")) slower than before", .warning)
    }
    var right = Line()
    for comparison in facts.comparisons {
      if !right.isEmpty { right.add(dot, .muted) }
      let count = comparison.disagreements
      right.add("\(comparison.tool) ", .muted)
      right.add(
        count == 0 ? "\(state.glyphs.check) agrees" : "\(state.glyphs.changed) \(count) differ",
        count == 0 ? .success : .warning)
    }
    return (left, right)
  }

  static func listTitle(_ state: ConsoleState) -> Text { "\(state.history.shown.rawValue)" }

  static func line(of item: HistoryRow, _ state: ConsoleState, columns: Int) -> Line {
    switch item.content {
    case .heading(let title, let note):
      var line = Line("\(title)  ", .title)
      line.add("\(note)", .muted)
      return line
    case .run(let run): return self.line(of: run, state, columns: columns)
    case .times(let times): return self.line(of: times, state, columns: columns)
    case .witness(let tool, let entry): return self.line(of: entry, tool, state, columns: columns)
    }
  }

  private static func line(of run: RunRecord, _ state: ConsoleState, columns: Int) -> Line {
    let glyphs = state.glyphs
    let ending = run.ending(in: state)
    var line = Line(" \(ending.glyph(glyphs)) ", ending.role)
    line.add("\(Amounts.clock(run.startedAt, secondsFromUTC: state.options.secondsFromUTC))", .muted)
    line.add(right: "#\(run.id)", .muted, width: 7, glyphs: glyphs)
    line.add("  ")
    line.add("\(run.deed)", width: 7, glyphs: glyphs)
    line.add(" ")
    line.add("\(ending.word)", ending.role, width: 9, glyphs: glyphs)
    let took = run.finishedAt.map { Amounts.duration(milliseconds: ($0 - run.startedAt) * 1_000) } ?? ""
    line.add(right: "\(took)", .muted, width: 13, glyphs: glyphs)
    line.add("  ")
    if columns >= 100 {
      line.add("\(run.operatorName)", .muted, width: 12, glyphs: glyphs)
      line.add(" ")
    }
    let room = columns - line.columns
    if room > 6 { line.add(run.migrationsInShort(columns: room, glyphs)) }
    return line
  }

  private static func line(of times: ExecutionTimes, _ state: ConsoleState, columns: Int) -> Line {
    let glyphs = state.glyphs
    let known = state.statuses.state(of: times.migration)
    var line = Line(" \(known?.glyph(glyphs) ?? " ") ", known?.role ?? .text)
    let width = min(state.history.nameColumns, max(16, columns * 40 / 100))
    let name = Text(foreign: times.migration.rawValue)
    line.add(name.clippedInside(to: width, ellipsis: glyphs.ellipsis), width: width, glyphs: glyphs)
    guard let last = times.attempts.last else { return line }
    let isGood = last.outcome == "applied"
    line.add(
      right: "\(Amounts.duration(milliseconds: last.milliseconds))", isGood ? .text : .warning, width: 13,
      glyphs: glyphs)
    line.add("  ")
    let (word, role) = times.trendWords
    line.add(word, role, width: 14, glyphs: glyphs)
    line.add(right: "\(Amounts.count(times.attempts.count, "time"))", .muted, width: 9, glyphs: glyphs)
    let room = min(40, columns - line.columns - 3)
    if room >= 8, state.history.longest > 0 {
      line.add("  ")
      line.add(glyphs.bar(last.milliseconds / state.history.longest, columns: room), .running)
    }
    return line
  }

  private static func line(
    of entry: WitnessComparison.Entry, _ tool: String, _ state: ConsoleState, columns: Int
  ) -> Line {
    let glyphs = state.glyphs
    var line = Line(" \(entry.verdict.glyph(glyphs)) ", entry.verdict.role)
    let width = min(state.history.nameColumns, max(16, columns * 36 / 100))
    let name = Text(foreign: entry.id.rawValue)
    line.add(name.clippedInside(to: width, ellipsis: glyphs.ellipsis), width: width, glyphs: glyphs)
    line.add("  ")
    let zone = state.options.secondsFromUTC
    let theirs =
      entry.theirTime.map { "in, \(Amounts.date($0, secondsFromUTC: zone))" }
      ?? (entry.theirs ? "in" : "\(glyphs.dash)")
    let ours = entry.ours.map { entry in
      entry.appliedAt.map { "\(entry.state.rawValue), \(Amounts.date($0, secondsFromUTC: zone))" }
        ?? entry.state.rawValue
    }
    if columns >= 100 {
      line.add("\(tool) \(theirs)", entry.theirs ? .text : .muted, width: 26, glyphs: glyphs)
      line.add(" ")
      line.add(
        "signalbox \(ours ?? glyphs.dash.string)", ours == nil ? .muted : .text, width: 32, glyphs: glyphs)
      line.add(" ")
    }
    let room = columns - line.columns
    if room > 8 {
      let words: Text = "\(entry.verdict.words(tool))"
      line.add(words.clipped(to: room, ellipsis: glyphs.ellipsis), entry.verdict.role)
    }
    return line
  }

  static func instead(_ state: ConsoleState, columns: Int) -> [Line] {
    let loading: Loading
    if let trouble = state.history.trouble {
      loading = .failed(trouble)
    } else if state.history.facts != nil {
      loading = .loaded
    } else {
      loading = state.awaited[slot].map { .waiting(since: $0.since) } ?? .notAsked
    }
    let empty: Text =
      switch state.history.shown {
      case .runs:
        "Signalbox has run nothing here yet. On the Rollout screen, \(state.key("Apply")) applies what is chosen and \(state.key("Adopt")) adopts what is in already."
      case .times: "No migration has been run by Signalbox here yet, so no time is known."
      case .witnesses: "No other migration tool keeps a history in this database."
      }
    return state.linesInstead(of: "the history", loading: loading, ifEmpty: empty, columns: columns)
  }
}

extension WitnessComparison.Verdict {
  func glyph(_ glyphs: Glyphs) -> Text {
    switch self {
    case .agree: glyphs.check
    case .onlyTheirs, .onlyOurs: glyphs.changed
    case .contradict: glyphs.cross
    }
  }

  var role: Role {
    switch self {
    case .agree: .success
    case .onlyTheirs, .onlyOurs: .warning
    case .contradict: .danger
    }
  }

  /// How the two agree, in words.
  func words(_ tool: String) -> String {
    switch self {
    case .agree: "both say that it is in"
    case .onlyTheirs: "only \(tool) has it"
    case .onlyOurs: "only Signalbox has it"
    case .contradict(let how): how
    }
  }
}

extension ExecutionTimes {
  /// How the last time compares with those before, in words.
  var trendWords: (Text, Role) {
    switch trend {
    case .slower(let factor): ("\(Self.tenths(factor)) x slower", .warning)
    case .faster(let factor): ("\(Self.tenths(factor)) x faster", .success)
    case .steady: ("as before", .muted)
    case nil: ("", .muted)
    }
  }

  private static func tenths(_ factor: Double) -> String {
    let tenths = Int(min(99_999, (factor * 10).rounded()))
    return tenths >= 100 || tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
