import Display
import Schema
import Verification

/// `signalbox inspect access --findings` for people: what and why, and what settles it.
struct AccessFindingsText {
  let findings: ProjectFindings
  let exposedSchemas: [String]
  let showsNotices: Bool
  let width: Int
  let style: TextStyle

  /// So many findings of one kind are shown with what settles them; more only with what and where.
  private static let largestGroup = 5

  /// The lines of the report: the findings of one kind together, the worst first.
  var lines: [String] {
    var lines: [String] = []
    let shown = findings.findings.filter { showsNotices || $0.level > .notice }
    var groups: [[AccessFinding]] = []
    for finding in shown {
      let place = groups.firstIndex { $0[0].code == finding.code && $0[0].level == finding.level }
      if let place { groups[place].append(finding) } else { groups.append([finding]) }
    }
    for group in groups {
      let count = group.count > 1 ? " (\(group.count))" : ""
      lines.append("\(glyph(group[0].level)) \(style.bold(group[0].code.rawValue + count))")
      let isShort = group.count <= Self.largestGroup
      for finding in group {
        lines += wrapped(finding.message, indent: "  ")
        guard isShort else { continue }
        let decision = finding.fix.decision.map { wrapped("To decide: \($0).", indent: "    ") } ?? []
        lines += decision.map { style.muted($0) }
        lines += finding.fix.statements.flatMap { wrapped($0, indent: "    ") }
      }
      if !isShort {
        lines += wrapped(
          "The SQL for each: signalbox inspect access OBJECT --findings, or --write-fix NAME for all.",
          indent: "    "
        ).map { style.muted($0) }
      }
      lines.append("")
    }
    lines += summary
    return lines
  }

  private var summary: [String] {
    let all = findings.findings
    let failures = all.count { $0.level == .failure }
    let warnings = all.count { $0.level == .warning }
    let notices = all.count { $0.level == .notice }
    var lines = [
      failures > 0 ? style.failure("✗ Failures: \(failures)") : "✗ Failures: 0",
      warnings > 0 ? style.warning("! Warnings: \(warnings)") : "! Warnings: 0",
      "· Notices:  \(notices)" + (notices > 0 && !showsNotices ? " (--all shows them)" : ""),
    ]
    if findings.ignoredCount > 0 { lines.append("  Ignored:  \(findings.ignoredCount) (signalbox.toml)") }
    if !exposedSchemas.isEmpty {
      let schemas = exposedSchemas.joined(separator: ", ")
      lines += wrapped("Taken as shown by the API: \(schemas).", indent: "").map { style.muted($0) }
    }
    for entry in findings.unusedEntries {
      lines += wrapped("Nothing was found that \"\(entry)\" in [findings.ignore] is about.", indent: "")
        .map { style.warning($0) }
    }
    return lines
  }

  private func wrapped(_ text: String, indent: String) -> [String] {
    Text.lines(foreign: text).flatMap { line in
      line.wrapped(to: max(20, width - indent.utf8.count)).map { indent + $0.string }
    }
  }

  private func glyph(_ level: AccessFinding.Level) -> String {
    switch level {
    case .failure: style.failure("✗")
    case .warning: style.warning("!")
    case .notice: style.muted("·")
    }
  }
}
