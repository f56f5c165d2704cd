import JSON
import Migrations

/// Which components of the system work at which stage, and now.
struct CompatibilityMatrix: ReportSection {
  static let title = "Compatibility matrix"

  /// One component.
  struct Row: Sendable, Hashable {
    var component: String
    /// At each stage, and last as the database is now.
    var cells: [ComponentSupport]
  }

  let stages: [String]
  let rows: [Row]

  init(_ facts: ReportFacts) {
    let compatibility = Compatibility(facts.project)
    let applied = Set(facts.statuses.filter { $0.state == .applied || $0.state == .changed }.map(\.id))
    stages = compatibility.stages.map { stage in
      let ids = compatibility.migrations(newIn: stage)
      let ranges = Counting.ranges(of: ids, in: facts.project)
      return ranges.isEmpty ? stage.name : "\(stage.name) (\(ranges))"
    }
    rows = facts.project.components.map { component in
      Row(
        component: component.name,
        cells: compatibility.stages.map { compatibility.support(of: component, at: $0) }
          + [compatibility.support(of: component, applied: applied)])
    }
  }

  var blocks: [ReportBlock] {
    guard !rows.isEmpty else { return [] }
    return [
      .table(
        ["Component"] + stages + ["Now"],
        rows.map { [ReportText($0.component)] + $0.cells.map(Self.cell) }, ifEmpty: ""),
      .list([
        "\(ReportMark.good) fully supported", "\(ReportMark.warning) partly supported, may not work well",
        "\(ReportMark.bad) not supported, will fail",
      ]),
    ]
  }

  private static func cell(_ support: ComponentSupport) -> ReportText {
    switch support {
    case .full: "\(ReportMark.good) full"
    case .partial: "\(ReportMark.warning) partial"
    case .none: "\(ReportMark.bad) none"
    }
  }

  var json: JSONValue.Member {
    .init(
      "compatibility",
      [
        "stages": .array(stages.map { .string($0) }),
        "components": .array(
          rows.map { row in
            [
              "name": .string(row.component),
              "stages": .array(row.cells.dropLast().map { .string($0.rawValue) }),
              "now": .optional(row.cells.last?.rawValue),
            ]
          }),
      ])
  }
}
