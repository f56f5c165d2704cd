import Display
import Migrations
import Schema

/// How a run ended, migration by migration.
struct SummaryContent {
  let state: ConsoleState
  private var glyphs: Glyphs { state.glyphs }

  init(state: ConsoleState) { self.state = state }

  func content(columns: Int) -> OverlayContent {
    guard let run = state.run else {
      return OverlayContent(title: "Results", columns: columns, lines: [Line("Nothing was run.", .muted)])
    }
    let isGood = run.outcome == .done && run.trouble == nil
    var lines = [headline(run), Line()]
    let nameColumns = min(44, run.plan.steps.map(\.migration.id.rawValue.count).max() ?? 0)
    for step in run.plan.steps {
      lines += self.lines(step.migration.id, run, nameColumns: nameColumns, columns: columns)
    }
    if let trouble = run.trouble {
      lines.append(Line())
      lines += Line.wrapped(foreign: trouble.message, .danger, columns: columns)
      if let advice = trouble.advice { lines += Line.wrapped(foreign: advice, columns: columns) }
    }
    let number: Text = run.number.map { "run \($0)" } ?? ""
    return OverlayContent(
      title: "Results", note: number, columns: columns, lines: lines, isDangerous: !isGood)
  }

  private func headline(_ run: RunProgress) -> Line {
    let elapsed = Amounts.duration(milliseconds: ((run.endedAt ?? state.now) - run.startedAt) * 1_000)
    let good = run.migrations.values.count { $0.outcome?.isGood == true }
    let total = run.plan.steps.count
    let sum = "\(good) of \(Amounts.count(total, "migration"))"
    switch (run.outcome, run.trouble) {
    case (.done, nil):
      let verb = run.mode == .dryRun ? "would apply; everything was rolled back" : "applied"
      return Line("\(glyphs.check) \(sum) \(verb), \(elapsed)", .success)
    case (.aborted, nil): return Line("\(glyphs.exclamation) Aborted: \(sum) applied, \(elapsed)", .warning)
    case (.failed, nil): return Line("\(glyphs.cross) Failed: \(sum) applied, \(elapsed)", .danger)
    default:
      return Line("\(glyphs.cross) The run did not come to its end: \(sum) applied, \(elapsed)", .danger)
    }
  }

  private func lines(_ id: MigrationID, _ run: RunProgress, nameColumns: Int, columns: Int) -> [Line] {
    var line: Line
    let progress = run.migrations[id]
    switch progress?.outcome {
    case nil: line = Line("\(glyphs.circle) ", .muted)
    case let outcome?:
      line = outcome.isGood ? Line("\(glyphs.check) ", .success) : Line("\(glyphs.cross) ", .danger)
    }
    line.add("\(id)", width: min(nameColumns, max(12, columns / 2)), glyphs: glyphs)
    line.add("  ")
    guard let progress, let outcome = progress.outcome else {
      line.add("", width: 13, glyphs: glyphs)
      // Nobody has heard the end of what had begun when the server was lost.
      if progress == nil {
        line.add("not run", .muted)
      } else {
        line.add("begun; how it ended is not known", .warning)
      }
      return [line]
    }
    line.add(
      right: "\(progress.milliseconds.map { Amounts.duration(milliseconds: $0) } ?? "")", .muted, width: 11,
      glyphs: glyphs)
    line.add("  ")
    if let evidence = progress.evidence, !evidence.isInconclusive {
      let isWhole = evidence.found == evidence.expected
      line.add(
        "verified \(evidence.found)/\(evidence.expected)", isWhole ? .success : .warning, width: 18,
        glyphs: glyphs)
    }
    line.add("\(outcome.phrase)", outcome.isGood ? .muted : .danger)
    let skipped = progress.statements.values.count { $0 == .skipped }
    if skipped > 0 { line.add("  \(Amounts.count(skipped, "statement")) skipped", .warning) }
    var lines = [line]
    if let message = outcome.message {
      lines += Line.wrapped(foreign: message.phrase, .danger, columns: columns, indent: "  ")
    } else if !outcome.isGood {
      // A run that was stopped at a failure: the failure is why.
      for (index, statement) in progress.statements.sorted(by: { $0.key < $1.key }) {
        guard case .failed(let message) = statement else { continue }
        lines += Line.wrapped(
          foreign: "statement \(index + 1): \(message.phrase)", .danger, columns: columns, indent: "  ")
      }
    }
    if let difference = progress.difference, !difference.isEmpty {
      var changes: [String] = []
      if !difference.added.isEmpty {
        changes.append("adds \(Amounts.count(difference.added.count, "object"))")
      }
      if !difference.changed.isEmpty { changes.append("changes \(difference.changed.count)") }
      if !difference.removed.isEmpty { changes.append("removes \(difference.removed.count)") }
      lines.append(Line("  \(changes.joined(separator: ", "))", .muted))
    }
    return lines
  }
}
