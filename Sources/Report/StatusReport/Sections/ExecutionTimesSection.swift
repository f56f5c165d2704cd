import JSON
import Migrations

/// How long migrations took, over all runs of this database, and whether that changed.
struct ExecutionTimesSection: ReportSection {
  static let title = "Execution times"

  /// How many migrations are shown, the slowest first.
  private static let shown = 20

  let times: [ExecutionTimes]
  private let last: [(id: MigrationID, milliseconds: Double)]

  init(_ facts: ReportFacts) {
    times = ExecutionTimes.all(of: facts.runs).filter { !$0.successes.isEmpty }
      .sorted { Self.last($0) > Self.last($1) }
    last = facts.statuses.compactMap { status in
      status.history?.durationMilliseconds.map { (status.id, $0) }
    }.sorted { $0.1 > $1.1 }
  }

  private static func last(_ times: ExecutionTimes) -> Double { times.successes.last?.milliseconds ?? 0 }

  var blocks: [ReportBlock] {
    guard !times.isEmpty else { return [] }
    var blocks: [ReportBlock] = []
    if last.count > 1 {
      let sum = last.reduce(0) { $0 + $1.milliseconds }
      let middle = last[last.count / 2].milliseconds
      blocks.append(
        .paragraph(
          "\(Counting.migrations(last.count)): \(Elapsed.text(milliseconds: sum)) in all, \(Elapsed.text(milliseconds: middle)) in the middle."
        ))
    }
    blocks.append(
      .table(
        ["Migration", "Last", "Before", "Trend", "Times"],
        times.prefix(Self.shown).map { times in
          let before = times.successes.dropLast().suffix(5).map {
            Elapsed.text(milliseconds: $0.milliseconds)
          }
          return [
            "\(code: times.migration.rawValue)", ReportText(Elapsed.text(milliseconds: Self.last(times))),
            ReportText(before.isEmpty ? "–" : before.joined(separator: ", ")), ReportText(Self.words(times)),
            ReportText("\(times.attempts.count)"),
          ]
        }, ifEmpty: ""))
    if times.count > Self.shown {
      blocks.append(.paragraph("The \(Self.shown) slowest of \(times.count)."))
    }
    return blocks
  }

  private static func words(_ times: ExecutionTimes) -> String {
    switch times.trend {
    case .slower(let factor): "\(tenths(factor)) × slower than the middle of the times before"
    case .faster(let factor): "\(tenths(factor)) × faster than the middle of the times before"
    case .steady: "as before"
    case nil: "–"
    }
  }

  private static func tenths(_ factor: Double) -> String {
    let tenths = Int(min(99_999, (factor * 10).rounded()))
    return "\(tenths / 10).\(tenths % 10)"
  }

  var json: JSONValue.Member { .init("times", .array(times.map(HistoryDocument.json))) }
}
