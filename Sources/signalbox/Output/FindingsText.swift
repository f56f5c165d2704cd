import Display
import Migrations
import Schema
import Verification

/// `signalbox verify` for people: what is not as it should be, then the counts.
struct FindingsText {
  let findings: [Finding]
  let showsPasses: Bool
  let style: TextStyle

  /// The lines of the report.
  var lines: [String] {
    let shown = findings.filter { showsPasses || $0.severity != .pass }
    var lines: [String] = []
    var migration: MigrationID??
    for finding in shown {
      if migration != .some(finding.migration) {
        if !lines.isEmpty { lines.append("") }
        lines.append(style.bold(harmless(finding.migration?.rawValue ?? "Database")))
        migration = .some(finding.migration)
      }
      lines.append(
        "  \(style.severity(finding.severity)) \(harmless(finding.message)) \(style.muted(finding.code))")
      // What would restore a drifted object is SQL, which `drift` shows.
      if finding.code.hasPrefix("requirement."), let advice = finding.advice {
        lines.append(style.muted("    \(harmless(advice))"))
      }
    }
    if !lines.isEmpty { lines.append("") }
    let passed = findings.count { $0.severity == .pass }
    let failed = findings.count { $0.severity == .failure }
    let warnings = findings.count { $0.severity == .warning }
    lines += [
      style.success("✓ Passed:   \(passed)"),
      failed > 0 ? style.failure("✗ Failed:   \(failed)") : "✗ Failed:   0",
      warnings > 0 ? style.warning("! Warnings: \(warnings)") : "! Warnings: 0",
    ]
    return lines
  }
}
