import Display
import Migrations
import Report

/// `signalbox history` for people: runs by day, execution times, other tools' histories.
struct HistoryText {
  let style: TextStyle

  /// The runs, a heading for each day (UTC).
  func lines(of runs: [RunRecord]) -> [String] {
    guard !runs.isEmpty else { return ["Signalbox has run nothing on this database yet."] }
    var lines: [String] = []
    var day: Substring = ""
    for run in runs {
      let time = Timestamp.text(of: run.startedAt)
      let own = time.prefix { $0 != "T" }
      if own != day {
        if !lines.isEmpty { lines.append("") }
        lines.append(style.bold(String(own)))
      }
      day = own
      lines.append(head(of: run, clock: String(time.drop { $0 != "T" }.dropFirst())))
      lines += run.migrations.map { entry in
        let isGood = Self.isGood(entry.outcome)
        let time = entry.milliseconds.map { "  \(Duration.text(milliseconds: $0))" } ?? ""
        let word = isGood ? style.muted(harmless(entry.outcome)) : style.failure(harmless(entry.outcome))
        return "        \(harmless(entry.id.rawValue))  \(word)\(style.muted(time))"
      }
    }
    return lines
  }

  private func head(of run: RunRecord, clock: String) -> String {
    let took =
      run.finishedAt.map { "  \(Duration.text(milliseconds: ($0 - run.startedAt) * 1_000))" } ?? ""
    let who = style.muted(harmless("\(run.operatorName) on \(run.host)"))
    return "  \(ending(of: run))  #\(run.id)  \(clock)  \(harmless(run.mode))\(took)  \(who)"
  }

  /// How a run ended, as glyph and word.
  func ending(of run: RunRecord) -> String {
    switch run.outcome {
    case "done": style.success("✓ done")
    case "failed": style.failure("✗ failed")
    case "aborted": style.warning("– stopped")
    default: style.warning("? no end recorded")
    }
  }

  /// The times of each migration, the last of them last.
  func lines(of times: [ExecutionTimes]) -> [String] {
    guard !times.isEmpty else { return ["No migration has been run by Signalbox on this database yet."] }
    let width = Self.width(of: times)
    return times.map { times in
      let all = times.attempts.map { attempt in
        let text = Duration.text(milliseconds: attempt.milliseconds)
        return attempt.outcome == "applied" ? text : style.failure("\(text) (\(harmless(attempt.outcome)))")
      }
      let name = Text(foreign: times.migration.rawValue).padded(to: width).string
      return "\(name)  \(all.joined(separator: ", "))\(trend(times))"
    }
  }

  /// The last times on several targets, beside each other.
  func lines(ofTargets targets: [(target: String, times: [ExecutionTimes])]) -> [String] {
    var order: [MigrationID] = []
    var known: Set<MigrationID> = []
    for times in targets.flatMap(\.times) where known.insert(times.migration).inserted {
      order.append(times.migration)
    }
    guard !order.isEmpty else { return ["No migration has been run by Signalbox on these targets yet."] }
    let width = Self.width(of: targets.flatMap(\.times))
    let cell = max(14, (targets.map { CharacterWidth.columns(of: $0.target) }.max() ?? 0) + 2)
    func row(_ cells: [String]) -> String {
      cells.map { Text(foreign: $0).padded(to: cell).string }.joined()
    }
    let indent = String(repeating: " ", count: width + 2)
    let head = style.bold(indent + row(targets.map(\.target)))
    return [head]
      + order.map { id in
        let cells = targets.map { target -> String in
          let last = target.times.first { $0.migration == id }?.successes.last
          return last.map { Duration.text(milliseconds: $0.milliseconds) } ?? "–"
        }
        return "\(Text(foreign: id.rawValue).padded(to: width).string)  \(row(cells))"
      }
  }

  private func trend(_ times: ExecutionTimes) -> String {
    switch times.trend {
    case .slower(let factor): style.warning("  \(Self.tenths(factor)) x slower")
    case .faster(let factor): style.success("  \(Self.tenths(factor)) x faster")
    case .steady: style.muted("  as before")
    case nil: ""
    }
  }

  /// Other tools' histories: what they have in common with ours in one line, what not migration by migration.
  func lines(of comparisons: [WitnessComparison]) -> [String] {
    guard !comparisons.isEmpty else { return ["No other migration tool keeps a history in this database."] }
    var lines: [String] = []
    for comparison in comparisons {
      if !lines.isEmpty { lines.append("") }
      lines.append(
        "\(style.bold(harmless(comparison.tool)))  \(style.muted(harmless(comparison.table)))")
      let agreeing = comparison.entries.count - comparison.disagreements
      lines.append(style.success("  ✓ \(agreeing) in both histories"))
      for entry in comparison.entries where entry.verdict.isDisagreement {
        lines.append("  \(verdict(entry.verdict, comparison.tool))  \(harmless(entry.id.rawValue))")
      }
    }
    return lines
  }

  private func verdict(_ verdict: WitnessComparison.Verdict, _ tool: String) -> String {
    switch verdict {
    case .agree: style.success("✓ both")
    case .onlyTheirs: style.warning("≠ only \(harmless(tool)) has it:")
    case .onlyOurs: style.warning("≠ only Signalbox has it:")
    case .contradict(let how): style.failure("✗ \(harmless(how)):")
    }
  }

  /// Whether a migration's outcome in a run is what was wanted.
  static func isGood(_ outcome: String) -> Bool { !["rolled-back", "failed", "aborted"].contains(outcome) }

  private static func width(of times: [ExecutionTimes]) -> Int {
    min(48, times.map { CharacterWidth.columns(of: $0.migration.rawValue) }.max() ?? 0)
  }

  private static func tenths(_ factor: Double) -> String {
    let tenths = Int(min(99_999, (factor * 10).rounded()))
    return "\(tenths / 10).\(tenths % 10)"
  }
}
