import JSON
import Migrations
import Schema
import Verification

/// In what the live schema disagrees with what the migrations left.
struct DriftSection: ReportSection {
  static let title = "Drift"

  /// How many disagreements are shown; `signalbox drift` shows all.
  private static let driftsShown = 40

  let report: DriftReport?

  init(_ facts: ReportFacts) { report = facts.drift }

  var blocks: [ReportBlock] {
    guard let report else { return [] }
    let compared = Counting.of(report.compared, "object")
    guard !report.drifts.isEmpty else {
      return [.paragraph("\(ReportMark.good) None: \(compared) compared, all as the migrations left them.")]
    }
    let counts = Drift.Kind.allCases.compactMap { kind -> String? in
      let count = report.drifts(kind).count
      return count > 0 ? "\(count) \(kind.rawValue)" : nil
    }
    let shown = report.drifts.sorted { $0.severity > $1.severity }.prefix(Self.driftsShown)
    var blocks: [ReportBlock] = [
      .paragraph("\(compared) compared: \(counts.joined(separator: ", "))."),
      .table(
        ["", "Object", "How"],
        shown.map { drift in
          [Self.mark(drift.severity), .code(drift.object.description), ReportText(drift.sentence)]
        }, ifEmpty: ""),
    ]
    if report.drifts.count > shown.count {
      blocks.append(
        .paragraph("And \(report.drifts.count - shown.count) more: \(code: "signalbox drift") shows all."))
    }
    return blocks
  }

  private static func mark(_ severity: Finding.Severity) -> ReportText {
    switch severity {
    case .pass: "\(ReportMark.good) note"
    case .warning: "\(ReportMark.warning) warning"
    case .failure: "\(ReportMark.bad) failure"
    }
  }

  var json: JSONValue.Member {
    guard let report else { return .init("drift", .null) }
    return .init(
      "drift",
      [
        "compared": .integer(Int64(report.compared)),
        "drifts": .array(
          report.drifts.map { drift in
            [
              "kind": .string(drift.kind.rawValue), "severity": .string(drift.severity.rawValue),
              "object": .string(drift.object.description), "message": .string(drift.sentence),
            ]
          }),
      ])
  }
}
