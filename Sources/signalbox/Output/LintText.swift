import Display
import Migrations
import Verification

/// The text of `signalbox lint`: place, what and why, what to write instead, then the counts.
struct LintText {
  let findings: [Finding]
  let style: TextStyle

  /// The lines of the report.
  var lines: [String] {
    var lines: [String] = []
    for finding in findings {
      let place = finding.location.map { harmless($0.description) } ?? "in the database"
      lines.append(
        "\(style.severity(finding.severity)) \(style.bold(place)) \(style.muted(finding.code))")
      lines.append("  \(harmless(finding.message))")
      if let advice = finding.advice { lines.append("  → \(harmless(advice))") }
      lines.append("")
    }
    let failed = findings.count { $0.severity == .failure }
    let warnings = findings.count { $0.severity == .warning }
    if findings.isEmpty {
      lines.append(style.success("✓ Nothing found"))
    } else {
      lines.append(failed > 0 ? style.failure("✗ Failed:   \(failed)") : "✗ Failed:   0")
      lines.append(warnings > 0 ? style.warning("! Warnings: \(warnings)") : "! Warnings: 0")
    }
    return lines
  }
}
