import Display
import Schema
import Verification

/// `signalbox inspect access --probe` for people: what was found by doing, beside what the matrix says.
struct ProbeText {
  let matrix: AccessMatrix
  let run: AccessProbe.Run
  let width: Int
  let style: TextStyle

  /// The lines of the report: what one role found of one object in the same way together.
  var lines: [String] {
    var lines: [String] = []
    let shown = run.report.entries.filter { run.unavailableRoles[$0.role] == nil }
    var object: ObjectIdentity?
    for group in Self.grouped(shown) {
      if group[0].table != object {
        if object != nil { lines.append("") }
        lines.append(style.bold(harmless(name(of: group[0].table))))
        object = group[0].table
      }
      lines += self.lines(of: group)
    }
    let omitted = run.plan.omissions.filter { $0.role == nil }
    if !omitted.isEmpty { lines.append("") }
    for omission in omitted {
      lines += wrapped("\(name(of: omission.table)): not tried, \(omission.reason)", indent: "  ")
    }
    lines.append("")
    for role in run.unavailableRoles.keys.sorted() {
      lines += wrapped("Nothing was tried as \(role): \(run.unavailableRoles[role] ?? "")", indent: "  ")
    }
    return lines + summary(of: shown)
  }

  private func summary(of entries: [ProbeReport.Entry]) -> [String] {
    let counts = ProbeReport.Verdict.allCases.map { verdict in
      "\(entries.count { $0.verdict == verdict }) \(verdict.rawValue)"
    }
    let wrong = entries.count { !run.report.agrees($0, with: matrix) }
    var lines = [counts.joined(separator: " · ")]
    lines.append(
      wrong > 0
        ? style.failure("\(wrong) found otherwise than the matrix says")
        : style.success("All that was tried is what the matrix says."))
    lines.append("Everything was rolled back, and no row stays.")
    if !run.movedSequences.isEmpty {
      lines += wrapped(
        "Sequences that moved meanwhile, which is not rolled back: \(run.movedSequences.joined(separator: ", "))",
        indent: "  ")
    }
    return lines
  }

  private func lines(of group: [ProbeReport.Entry]) -> [String] {
    let entry = group[0]
    let role = Text(foreign: entry.role).padded(to: 15).string
    let word = Text(foreign: entry.verdict.rawValue).padded(to: 9).string
    let commands = group.map(\.command.rawValue).joined(separator: ", ")
    let what = entry.verdict == .leaks ? "somebody else's row, \(entry.detail)" : entry.detail
    let margin = 2 + 15 + 1 + 9 + 1
    let texts = Text.lines(foreign: "\(commands): \(what)").flatMap {
      $0.wrapped(to: max(24, width - margin))
    }
    var lines = texts.enumerated().map { number, text in
      number == 0
        ? "  \(role) \(style(word, entry.verdict)) \(text.string)"
        : String(repeating: " ", count: margin) + style.muted(text.string)
    }
    let values = Set(
      group.filter { !run.report.agrees($0, with: matrix) }.map { entry in
        matrix.cell(entry.table, entry.command, role: entry.role).value.explanation
      })
    for value in values.sorted() {
      lines.append(String(repeating: " ", count: margin) + style.failure("the matrix says: \(value)"))
    }
    return lines
  }

  /// The entries by object, then by what was found, in the order of the commands.
  private static func grouped(_ entries: [ProbeReport.Entry]) -> [[ProbeReport.Entry]] {
    var groups: [[ProbeReport.Entry]] = []
    var places: [Place: Int] = [:]
    for entry in entries {
      let place = Place(
        table: entry.table, role: entry.role, verdict: entry.verdict, detail: entry.detail)
      if let found = places[place] {
        groups[found].append(entry)
      } else {
        places[place] = groups.count
        groups.append([entry])
      }
    }
    // Entries of one object follow each other, but for those that were left out of the plan.
    return groups.enumerated().sorted { left, right in
      left.element[0].table == right.element[0].table
        ? left.offset < right.offset : left.element[0].table < right.element[0].table
    }.map(\.element)
  }

  private struct Place: Hashable {
    var table: ObjectIdentity
    var role: String
    var verdict: ProbeReport.Verdict
    var detail: String
  }

  private func style(_ word: String, _ verdict: ProbeReport.Verdict) -> String {
    switch verdict {
    case .isolated: style.success(word)
    case .leaks: style.warning(word)
    case .blocked, .allowed: word
    case .error: style.failure(word)
    case .untried: style.muted(word)
    }
  }

  private func name(of object: ObjectIdentity) -> String {
    object.kind == .table ? object.qualifiedName : "\(object.qualifiedName) (\(object.kind.rawValue))"
  }

  private func wrapped(_ text: String, indent: String) -> [String] {
    Text.lines(foreign: text).flatMap { $0.wrapped(to: max(24, width), indent: Text(foreign: indent)) }
      .map { style.muted($0.string) }
  }
}
