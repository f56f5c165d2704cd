import Display
import Migrations
import Schema

/// The run, times or witness under the cursor as a whole.
extension HistoryScreen {
  static func detailTitle(_ state: ConsoleState) -> Text {
    switch state.history.list.current?.content {
    case .heading(let title, _): "\(title)"
    case .run(let run): "Run \(run.id)"
    case .times(let times): "\(times.migration)"
    case .witness(_, let entry): "\(entry.id)"
    case nil: "History"
    }
  }

  static func detailText(_ state: ConsoleState, columns: Int) -> DetailText {
    guard let facts = state.history.facts else { return DetailText() }
    let writer = DetailWriter(columns: columns, glyphs: state.glyphs)
    var detail = HistoryDetail(state: state, facts: facts, writer: writer)
    switch state.history.list.current?.content {
    case .run(let run): detail.write(run)
    case .times(let times): detail.write(times)
    case .witness(let tool, let entry): detail.write(entry, tool)
    case .heading(let title, let note):
      detail.writer.add(Line("\(title)"))
      detail.writer.add(Line("\(note)", .muted))
    case nil:
      detail.writer.add(
        Line(
          "The run under the cursor is shown here; \(state.key("Other list")) goes to the other lists.",
          .muted))
    }
    return detail.writer.text
  }
}

/// Writes the details of what is under the cursor of the History screen.
struct HistoryDetail {
  let state: ConsoleState
  let facts: HistoryFacts
  var writer: DetailWriter

  private var glyphs: Glyphs { state.glyphs }
  private var zone: Int { state.options.secondsFromUTC }

  mutating func write(_ run: RunRecord) {
    let ending = run.ending(in: state)
    var what = Line("\(ending.glyph(glyphs)) \(ending.word)", ending.role)
    what.add("  \(run.deed)", .muted)
    if ending == .unknown {
      what.add("  nobody saw its end: it was killed, or still goes on elsewhere", .muted)
    }
    writer.fact("ended", what)
    var when = Line("\(moment(run.startedAt))")
    if let end = run.finishedAt {
      when.add(", took \(Amounts.duration(milliseconds: (end - run.startedAt) * 1_000))")
    }
    writer.fact("began", when)
    var who = Line("\(run.operatorName) on \(run.host)")
    if !run.clientVersion.isEmpty { who.add("  Signalbox \(run.clientVersion)", .muted) }
    writer.fact("by", who)
    writer.add(Line("\(state.key("Replay")) shows what happened in it, step by step.", .muted))
    writeMigrations(of: run)
    for changes in facts.changes.reversed() where changes.run == run.id { write(changes, named: true) }
  }

  private mutating func writeMigrations(of run: RunRecord) {
    guard !run.migrations.isEmpty else { return }
    writer.section("Migrations", count: run.migrations.count)
    let room = max(12, writer.columns - 30)
    let names = min(room, run.migrations.map { Text(foreign: $0.id.rawValue).columns }.max() ?? 0)
    for entry in run.migrations {
      let isGood = !["rolled-back", "failed", "aborted"].contains(entry.outcome)
      var line = Line(isGood ? "  \(glyphs.check) " : "  \(glyphs.cross) ", isGood ? .success : .danger)
      let name = Text(foreign: entry.id.rawValue).clippedInside(to: names, ellipsis: glyphs.ellipsis)
      line.add(name, width: names, glyphs: glyphs)
      line.add("  ")
      line.add("\(entry.outcome)", isGood ? .muted : .danger, width: 11, glyphs: glyphs)
      if let time = entry.milliseconds {
        line.add(right: "\(Amounts.duration(milliseconds: time))", .muted, width: 13, glyphs: glyphs)
      }
      writer.add(line, about: .migration(entry.id))
    }
  }

  /// What a migration did to the schema in one run.
  mutating func write(_ changes: RecordedChanges, named: Bool) {
    let list = ChangeSummary.summaries(of: changes.list)
    let title: Text =
      named ? "Schema changes of \(changes.migration)" : "Schema changes in run \(changes.run)"
    writer.section(title, note: changes.isEmpty ? "none: all was there already" : "")
    writer.changes(list, otherwiseAbout: .migration(changes.migration))
  }

  mutating func write(_ times: ExecutionTimes) {
    let slowest = times.attempts.map(\.milliseconds).max() ?? 0
    let successes = times.successes
    if let last = successes.last {
      var line = Line("\(Amounts.duration(milliseconds: last.milliseconds))")
      let (word, role) = times.trendWords
      if !word.isEmpty { line.add("  \(word)", role) }
      if case .slower? = times.trend { line.add(" than the middle of the times before", .muted) }
      if case .faster? = times.trend { line.add(" than the middle of the times before", .muted) }
      writer.fact("last", line)
    }
    if let known = state.statuses.state(of: times.migration) {
      writer.fact("state", Line("\(known.glyph(glyphs)) \(known.rawValue)", known.role))
    }
    writer.section("Times on this target", count: times.attempts.count)
    let room = max(6, min(40, writer.columns - 66))
    for attempt in times.attempts.reversed() {
      let isGood = attempt.outcome == "applied"
      var line = Line("  \(isGood ? glyphs.check : glyphs.cross) ", isGood ? .success : .danger)
      line.add("\(moment(attempt.startedAt))", .muted)
      line.add(right: "#\(attempt.run)", .muted, width: 7, glyphs: glyphs)
      line.add("  ")
      line.add("\(attempt.outcome)", isGood ? .muted : .danger, width: 11, glyphs: glyphs)
      line.add(
        right: "\(Amounts.duration(milliseconds: attempt.milliseconds))", width: 13, glyphs: glyphs)
      line.add("  ")
      if slowest > 0 {
        line.add(glyphs.bar(attempt.milliseconds / slowest, columns: room), isGood ? .running : .warning)
      }
      writer.add(
        line.clipped(to: writer.columns, glyphs: glyphs), about: .row(HistoryScreen.name(of: attempt.run)))
    }
    for changes in facts.changes where changes.migration == times.migration { write(changes, named: false) }
  }

  mutating func write(_ entry: WitnessComparison.Entry, _ tool: String) {
    writer.fact(
      "verdict",
      Line("\(entry.verdict.glyph(glyphs)) \(entry.verdict.words(tool))", entry.verdict.role))
    writer.fact(
      "\(tool)",
      Line(entry.theirs ? "in" : "has no row", entry.theirs ? .text : .muted)
        + (entry.theirTime.map { Line(", since \(moment($0))") } ?? Line()))
    if let ours = entry.ours {
      var line = Line("\(ours.state.rawValue)")
      if let time = ours.appliedAt { line.add(", \(moment(time))") }
      if let error = ours.error { line.add("  \(error.inOneLine)", .danger) }
      writer.fact("signalbox", line)
    } else {
      writer.fact("signalbox", Line("has no row", .muted))
    }
    if let status = state.statuses[entry.id] {
      writer.fact(
        "state", Line("\(status.state.glyph(glyphs)) \(status.state.rawValue)", status.state.role),
        about: .migration(entry.id))
      if let evidence = status.evidence, !evidence.isInconclusive {
        writer.fact("catalog", Line("\(evidence.summary) of its objects are as it leaves them"))
      }
      if let note = status.note { writer.fact("note", foreign: note, .muted) }
    }
    if let advice = advice(entry.verdict, tool) { writer.fact("to do", foreign: advice) }
  }

  private func advice(_ verdict: WitnessComparison.Verdict, _ tool: String) -> String? {
    switch verdict {
    case .agree: nil
    case .onlyTheirs:
      "If its objects are there, adopt it (A on the Rollout screen, or signalbox adopt): nothing is run then."
    case .onlyOurs:
      "\(tool) would run it again, or refuse. Record it there with \(tool)'s own means, if \(tool) is still used."
    case .contradict: "See the note and the catalog's witness; signalbox repair settles Signalbox's own row."
    }
  }

  private func moment(_ time: Double) -> String {
    "\(Amounts.date(time, secondsFromUTC: zone)) \(Amounts.clock(time, secondsFromUTC: zone))"
  }
}

extension Line {
  fileprivate static func + (left: Line, right: Line) -> Line {
    var line = left
    line.add(right)
    return line
  }
}
