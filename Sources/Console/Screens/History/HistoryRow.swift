import Migrations

/// A heading, a run, a migration's times, or a migration as another tool sees it.
struct HistoryRow: ListItem {
  var content: Content

  enum Content: Sendable, Hashable {
    case heading(String, note: String)
    case run(RunRecord)
    case times(ExecutionTimes)
    case witness(tool: String, WitnessComparison.Entry)
  }

  enum ID: Hashable, Sendable {
    case heading(String)
    case run(Int64)
    case times(MigrationID)
    case witness(String, MigrationID)
  }

  var id: ID {
    switch content {
    case .heading(let title, _): .heading(title)
    case .run(let run): .run(run.id)
    case .times(let times): .times(times.migration)
    case .witness(let tool, let entry): .witness(tool, entry.id)
    }
  }

  var isHeading: Bool {
    if case .heading = content { true } else { false }
  }

  var searchText: String {
    switch content {
    case .heading: ""
    case .run(let run):
      (["#\(run.id)", run.mode, run.outcome ?? "", run.operatorName, run.host]
        + run.migrations.map { "\($0.id.rawValue) \($0.outcome)" }).joined(separator: " ")
    case .times(let times): times.migration.rawValue
    case .witness(let tool, let entry): "\(tool) \(entry.id.rawValue)"
    }
  }
}

/// What the list of the History screen shows.
enum HistoryList: String, Sendable, Hashable, CaseIterable {
  /// The runs, by day.
  case runs = "Runs"
  /// How long migrations took.
  case times = "Execution times"
  /// What other tools recorded.
  case witnesses = "Other tools' histories"

  /// The one that the key for it comes to next.
  var next: HistoryList {
    let all = Self.allCases
    let place = all.firstIndex(of: self) ?? 0
    return all[(place + 1) % all.count]
  }

  /// The rows for what a target remembers.
  ///
  /// - Parameters:
  ///   - now: the time, for the days that have names of their own.
  ///   - secondsFromUTC: how far the operator's zone is ahead.
  func rows(_ facts: HistoryFacts, now: Double, secondsFromUTC: Int) -> [HistoryRow] {
    switch self {
    case .runs:
      var rows: [HistoryRow] = []
      var day: String?
      for run in facts.runs {
        let own = Amounts.day(run.startedAt, secondsFromUTC: secondsFromUTC)
        if own != day {
          let count = facts.runs.count { Amounts.day($0.startedAt, secondsFromUTC: secondsFromUTC) == own }
          let name = Amounts.nameOfDay(run.startedAt, now: now, secondsFromUTC: secondsFromUTC)
          rows.append(
            HistoryRow(
              content: .heading(own, note: "\(name)\(name.isEmpty ? "" : ", ")\(Amounts.count(count, "run"))")
            ))
        }
        day = own
        rows.append(HistoryRow(content: .run(run)))
      }
      return rows
    case .times:
      return ExecutionTimes.all(of: facts.runs).map { HistoryRow(content: .times($0)) }
    case .witnesses:
      return facts.comparisons.flatMap { comparison -> [HistoryRow] in
        let differing = comparison.disagreements
        let note =
          differing == 0
          ? "agrees with Signalbox's own" : "\(differing) of \(comparison.entries.count) not in both alike"
        return [
          HistoryRow(content: .heading("\(comparison.tool)  \(comparison.table)", note: note))
        ] + comparison.entries.map { HistoryRow(content: .witness(tool: comparison.tool, $0)) }
      }
    }
  }
}
