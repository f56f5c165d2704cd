import JSON
import Migrations

/// What was run on the database, by whom, and how it ended.
struct RunHistory: ReportSection {
  static let title = "Run history"

  /// How many runs are shown.
  private static let runsShown = 20

  let runs: [RunRecord]
  private let total: Int

  init(_ facts: ReportFacts) {
    total = facts.runs.count
    runs = Array(facts.runs.prefix(Self.runsShown))
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
    return blocks
  }

  private static func line(_ entry: RunRecord.Entry) -> ReportText {
    let time = entry.milliseconds.map { ", \(Elapsed.text(milliseconds: $0))" } ?? ""
    return "\(code: entry.id.rawValue) \(entry.outcome)\(time)"
  }

  var json: JSONValue.Member { .init("runs", .array(runs.map(HistoryDocument.json))) }
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
