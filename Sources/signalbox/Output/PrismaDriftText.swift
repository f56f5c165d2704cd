import Display
import Migrations
import Report
import Schema
import Verification

/// `signalbox drift --prisma PATH` for people: what disagrees, what Prisma has no words for, then the counts.
struct PrismaDriftText {
  let project: Project
  let database: StatusDocument.Database
  let schema: String
  let report: PrismaDriftReport
  let style: TextStyle

  private static let width = 80

  /// The lines of the report.
  var lines: [String] {
    var lines = [
      "\(style.bold(harmless(project.name))) ▸ \(harmless(database.name)) on \(harmless(database.host)), "
        + "PostgreSQL \(database.version), compared with \(harmless(schema))"
    ]
    lines += group("Otherwise than Prisma says", report.drifts.filter { $0.severity == .failure })
    let warnings = report.drifts.filter { $0.severity != .failure }
    lines += group("Under another name, or in no model", warnings.filter(isKnown))
    lines += group("Cannot be compared", warnings.filter { !isKnown($0) })
    lines += beyondLines
    lines += ["", summary]
    if let reason = report.filesOmission {
      lines += wrapped("the files were not compared: \(reason)", indent: 0).map { style.muted($0) }
    }
    if !report.hostModels.isEmpty {
      let names = report.hostModels.map(harmless).joined(separator: ", ")
      lines += wrapped("models of the host's tables were not compared: \(names)", indent: 0).map {
        style.muted($0)
      }
    }
    return lines
  }

  private func isKnown(_ drift: PrismaDrift) -> Bool { drift.database.differs || drift.files.differs }

  private func group(_ title: String, _ drifts: [PrismaDrift]) -> [String] {
    guard !drifts.isEmpty else { return [] }
    return ["", "\(style.bold(title))  \(style.muted("\(drifts.count)"))"] + drifts.flatMap(lines(of:))
  }

  private func lines(of drift: PrismaDrift) -> [String] {
    let mark =
      drift.severity == .failure
      ? style.failure("✗") : isKnown(drift) ? style.warning("!") : style.warning("?")
    let part = drift.part.map { ", \($0)" } ?? ""
    var lines = [
      "  \(mark) \(harmless(drift.object.description))\(part)  \(style.muted(drift.code))"
    ]
    let place = [drift.location.map(\.description), drift.subject].compactMap { $0 }.joined(separator: "  ")
    if !place.isEmpty { lines.append("      \(style.muted(harmless(place)))") }
    lines += value("Prisma", drift.expected.map { .differs($0) } ?? .differs(nil))
    lines += value("database", drift.database) + value("files", drift.files)
    return lines
  }

  private func value(_ side: String, _ value: PrismaDrift.Side) -> [String] {
    let label = "        \(style.muted(Text(foreign: side).padded(to: 10).string))"
    switch value {
    case .agrees: return [label + style.muted("as Prisma")]
    case .unasked: return []
    case .unknown(let reason): return hanging(label, "cannot be told: \(reason)")
    case .differs(nil): return [label + style.muted("nothing")]
    case .differs(let text?): return hanging(label, text)
    }
  }

  private func hanging(_ label: String, _ text: String) -> [String] {
    let blanks = String(repeating: " ", count: 18)
    return Text(foreign: text).wrapped(to: Self.width - 18).enumerated().map { place, row in
      (place == 0 ? label : blanks) + row.string
    }
  }

  /// What the SQL files define and Prisma does not, with what database and files disagree in.
  private var beyondLines: [String] {
    guard !report.beyond.isEmpty else { return [] }
    var lines = ["", style.bold("Not in Prisma")]
    for group in report.beyond {
      let count = "\(group.objects.count) \(group.title)"
      if group.drifts.isEmpty {
        let files = report.filesOmission == nil ? style.muted(", as the files say") : ""
        lines.append("  \(style.success("✓")) \(count)\(files)")
        continue
      }
      lines.append("  \(style.failure("✗")) \(count), \(group.drifts.count) otherwise than the files say")
      for drift in group.drifts {
        lines += wrapped(drift.sentence, indent: 6)
        if let location = drift.location {
          lines.append("        \(style.muted(harmless(location.description)))")
        }
      }
    }
    return lines
  }

  private func wrapped(_ text: String, indent: Int) -> [String] {
    let blanks = String(repeating: " ", count: indent)
    return Text(foreign: text).wrapped(to: Self.width - indent).map { blanks + $0.string }
  }

  private var summary: String {
    let counts = report.counts
    let compared = [
      (counts.models, "model", "models"), (counts.fields, "field", "fields"),
      (counts.indexes, "key and index", "keys and indexes"), (counts.relations, "relation", "relations"),
      (counts.enumerations, "enum", "enums"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? $0.1 : $0.2)" }.joined(separator: ", ")
    let failures =
      report.drifts.count { $0.severity == .failure }
      + report.beyond.flatMap(\.drifts).count { $0.severity == .failure }
    let warnings =
      report.drifts.count { $0.severity == .warning }
      + report.beyond.flatMap(\.drifts).count { $0.severity == .warning }
    if failures + warnings == 0 { return style.success("✓ no drift: \(compared) are as Prisma says") }
    let found = [(failures, "failed"), (warnings, "to look at")].filter { $0.0 > 0 }
      .map { "\($0.0) \($0.1)" }.joined(separator: " · ")
    return found + style.muted("  (\(compared) compared)")
  }
}
