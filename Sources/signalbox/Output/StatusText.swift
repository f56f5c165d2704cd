import Display
import Migrations
import Report
import Schema
import Verification

/// `signalbox status` for people: a line a migration, by phase, then the counts.
struct StatusText {
  let project: Project
  let statuses: [MigrationStatus]
  let database: StatusDocument.Database
  /// In what the live schema disagrees with the files; nil if nobody looked.
  let drift: DriftReport?
  /// What keeps migrations from running on this server.
  var problems: [ProjectProblem] = []
  let style: TextStyle

  /// The lines of the report.
  var lines: [String] {
    var lines = [
      "\(style.bold(harmless(project.name))) ▸ \(harmless(database.name)) on \(harmless(database.host)), "
        + "PostgreSQL \(database.version)", "",
    ]
    // By place: to take each status out of the list would be to copy all that it holds.
    let places = Dictionary(
      statuses.indices.lazy.map { (statuses[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
    let width = min(
      48, statuses.indices.lazy.map { CharacterWidth.columns(of: statuses[$0].id.rawValue) }.max() ?? 0)
    var isShown = Array(repeating: false, count: statuses.count)
    for phase in project.phases {
      let members = phase.migrations.compactMap { places[$0] }
      guard !members.isEmpty else { continue }
      let applied = members.count { statuses[$0].state == .applied }
      lines.append("\(style.bold(harmless(phase.name)))  \(style.muted("\(applied)/\(members.count)"))")
      for place in members {
        isShown[place] = true
        append(statuses[place], width: width, to: &lines)
      }
      lines.append("")
    }
    let rest = statuses.indices.filter { !isShown[$0] }
    if !rest.isEmpty {
      lines.append(style.bold("Not to be run, or without a phase"))
      for place in rest { append(statuses[place], width: width, to: &lines) }
      lines.append("")
    }
    lines.append(Self.summary(of: statuses))
    lines += driftLines
    if !problems.isEmpty {
      lines +=
        ["", style.failure("What keeps migrations from running here:")] + ProblemText.lines(of: problems)
    }
    lines += hints
    return lines
  }

  /// The counts in one line: `65 applied · 5 pending · 3 skipped`.
  static func summary(of statuses: [MigrationStatus]) -> String {
    StatusDocument.summary(of: statuses).map { "\($0.count) \($0.state.rawValue)" }.joined(separator: " · ")
  }

  /// `drift: 2 changed · 1 missing`, where there is any; what nobody can tell is no drift.
  private var driftLines: [String] {
    guard let drift else { return [] }
    let counts = [Drift.Kind.changed, .missing, .undropped, .unmanaged].map { ($0, drift.drifts($0).count) }
      .filter { $0.1 > 0 }
    guard !counts.isEmpty else { return [] }
    let text = counts.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: " · ")
    let isBad = drift.drifts.contains { $0.severity == .failure }
    return [
      "\((isBad ? style.failure : style.warning)("drift: \(text)"))\(style.muted("  `signalbox drift` says what"))"
    ]
  }

  private func append(_ status: MigrationStatus, width: Int, to lines: inout [String]) {
    var line = "  "
    line.reserveCapacity(width + 64)
    line += Text(foreign: status.id.rawValue).padded(to: width).string
    line += "  "
    line += style.state(status.state)
    if let evidence = status.evidence {
      let count = evidence.isInconclusive ? "no evidence" : "\(evidence.found)/\(evidence.expected)"
      line += style.muted("  \(count)")
    }
    if let appliedAt = status.history?.appliedAt {
      line += style.muted("  " + Timestamp.text(of: appliedAt))
    }
    if let milliseconds = status.history?.durationMilliseconds {
      line += style.muted("  " + Duration.text(milliseconds: milliseconds))
    }
    lines.append(line)
    if let note = status.note { lines.append("    \(style.muted(harmless(note)))") }
  }

  private var hints: [String] {
    let unrecorded = statuses.indices.count {
      statuses[$0].state == .applied && statuses[$0].history == nil
    }
    guard unrecorded > 0 else { return [] }
    return [
      style.muted(
        "\(unrecorded) applied \(unrecorded == 1 ? "migration has" : "migrations have") no history row: "
          + "`signalbox adopt` records them.")
    ]
  }
}

/// Durations in units that people read.
enum Duration {
  /// `12 ms`, `3.4 s`, `2 min 5 s`.
  static func text(milliseconds: Double) -> String {
    if milliseconds < 0.95 { return "<1 ms" }
    if milliseconds < 1_000 { return "\(Int(milliseconds.rounded())) ms" }
    let tenths = Int((milliseconds / 100).rounded())
    if tenths < 600 { return "\(tenths / 10).\(tenths % 10) s" }
    return "\(tenths / 600) min \(tenths / 10 % 60) s"
  }
}
