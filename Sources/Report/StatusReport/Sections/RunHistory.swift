import JSON
import Migrations

/// What was run on the database, by whom, and how long it took.
struct RunHistory: ReportSection {
  static let title = "Run history"

  /// How many runs are shown.
  private static let runsShown = 20

  let runs: [RunRecord]
  /// The migrations whose time is known, the slowest first.
  let times: [(id: MigrationID, milliseconds: Double)]
  private let total: Int

  init(_ facts: ReportFacts) {
    total = facts.runs.count
    runs = Array(facts.runs.prefix(Self.runsShown))
    times = facts.statuses.compactMap { status in
      status.history?.durationMilliseconds.map { (status.id, $0) }
    }.sorted { $0.1 > $1.1 }
  }

  var blocks: [ReportBlock] {
    guard !runs.isEmpty else { return [.paragraph("Signalbox has run nothing on this database yet.")] }
    var blocks: [ReportBlock] = [
      .table(
        ["Run", "Started", "By", "What", "Outcome", "Migrations", "Took"],
        runs.map { run in
          [
            "\(Int(run.id))", ReportText(Timestamp.text(of: run.startedAt)),
            ReportText("\(run.operatorName) on \(run.host)"), ReportText(run.mode),
            ReportText(run.outcome ?? "no end recorded"),
            .lines(run.migrations.map(Self.line)),
            ReportText(
              run.finishedAt.map { Elapsed.text(milliseconds: ($0 - run.startedAt) * 1_000) } ?? "–"),
          ]
        }, ifEmpty: "")
    ]
    if total > runs.count { blocks.append(.paragraph("The last \(runs.count) of \(total) runs.")) }
    if times.count > 1 {
      let sum = times.reduce(0) { $0 + $1.milliseconds }
      let middle = times[times.count / 2].milliseconds
      let slowest = times.prefix(3).map { time -> ReportText in
        "\(code: time.id.rawValue) \(Elapsed.text(milliseconds: time.milliseconds))"
      }
      blocks.append(
        .paragraph(
          "Execution times of \(Counting.migrations(times.count)): \(Elapsed.text(milliseconds: sum)) in all, \(Elapsed.text(milliseconds: middle)) in the middle; the slowest: \(ReportText.joined(slowest, by: ", "))"
        ))
    }
    return blocks
  }

  private static func line(_ entry: RunRecord.Entry) -> ReportText {
    let time = entry.milliseconds.map { ", \(Elapsed.text(milliseconds: $0))" } ?? ""
    return "\(code: entry.id.rawValue) \(entry.outcome)\(time)"
  }

  var json: JSONValue.Member {
    .init(
      "runs",
      .array(
        runs.map { run in
          [
            "id": .integer(run.id), "started_at": .string(Timestamp.text(of: run.startedAt)),
            "finished_at": .optional(run.finishedAt.map(Timestamp.text)),
            "operator": .string(run.operatorName),
            "host": .string(run.host), "mode": .string(run.mode), "outcome": .optional(run.outcome),
            "migrations": .array(
              run.migrations.map {
                [
                  "id": .string($0.id.rawValue), "outcome": .string($0.outcome),
                  "milliseconds": .optional($0.milliseconds),
                ]
              }),
          ]
        }))
  }
}

/// Durations in units that people read.
enum Elapsed {
  /// `12 ms`, `3.4 s`, `2 min 5 s`.
  static func text(milliseconds: Double) -> String {
    if milliseconds < 0.95 { return "<1 ms" }
    if milliseconds < 999.5 { return "\(Int(milliseconds.rounded())) ms" }
    let tenths = Int((milliseconds / 100).rounded())
    if tenths < 600 { return "\(tenths / 10).\(tenths % 10) s" }
    return "\(tenths / 600) min \(tenths / 10 % 60) s"
  }
}
