import Display
import Schema
import Verification

/// `signalbox inspect access --probe` for people: what was found by doing, beside what the matrix says.
struct ProbeText {
  let matrix: AccessMatrix
  let plan: ProbePlan
  let report: ProbeReport
  let style: TextStyle

  /// The lines of the report.
  var lines: [String] {
    var lines: [String] = []
    var table: ObjectIdentity?
    for entry in report.entries.sorted(by: Self.precedes) {
      if entry.table != table {
        if table != nil { lines.append("") }
        lines.append(style.bold(harmless(entry.table.qualifiedName)))
        table = entry.table
      }
      let role = Text(foreign: entry.role).padded(to: 15).string
      let command = Text(foreign: entry.command.rawValue).padded(to: 7).string
      lines.append(
        "  \(role) \(command) \(verdict(entry)) \(style.muted(harmless(entry.detail)))\(contradiction(entry))"
      )
    }
    for omission in plan.omissions where omission.role == nil {
      lines.append(
        style.muted("\(harmless(omission.table.qualifiedName)): not tried, \(harmless(omission.reason))"))
    }
    let counts = ProbeReport.Verdict.allCases.map { verdict in
      "\(report.entries.count { $0.verdict == verdict }) \(verdict.rawValue)"
    }
    lines += ["", counts.joined(separator: " · ")]
    lines.append("Everything was rolled back. Numbers taken from sequences are not given back.")
    return lines
  }

  private func verdict(_ entry: ProbeReport.Entry) -> String {
    let word = Text(foreign: entry.verdict.rawValue).padded(to: 8).string
    switch entry.verdict {
    case .isolated: return style.success(word)
    case .leaks: return style.warning(word)
    case .blocked: return word
    case .error: return style.failure(word)
    case .untried: return style.muted(word)
    }
  }

  private func contradiction(_ entry: ProbeReport.Entry) -> String {
    guard !report.agrees(entry, with: matrix) else { return "" }
    let value = matrix.cell(entry.table, entry.command, role: entry.role).value
    return style.failure("  the matrix says: \(value.explanation)")
  }

  private static func precedes(_ left: ProbeReport.Entry, _ right: ProbeReport.Entry) -> Bool {
    left.table == right.table ? false : left.table < right.table
  }
}
