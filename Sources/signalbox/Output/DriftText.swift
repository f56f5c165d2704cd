import Display
import Migrations
import Report
import Schema
import Verification

/// `signalbox drift` for people: what disagrees in groups, then the counts.
struct DriftText {
  let project: Project
  let database: StatusDocument.Database
  let report: DriftReport
  /// Whether it was looked for objects that no migration made.
  let saysUnmanaged: Bool
  let style: TextStyle

  private static let width = 80
  /// How many lines of a value are shown.
  private static let longestValue = 4

  /// The lines of the report.
  var lines: [String] {
    var lines = [
      "\(style.bold(harmless(project.name))) ▸ \(harmless(database.name)) on \(harmless(database.host)), "
        + "PostgreSQL \(database.version)"
    ]
    lines += group("Changed", .changed) { changedLines($0) }
    lines += group("Missing", .missing) { plainLines($0) }
    lines += group("Dropped by the files, still there", .undropped) { plainLines($0) }
    lines += unmanagedLines
    lines += opaqueLines
    lines += archivedLines
    lines += group("Cannot be compared", .unknown) { unknownLines($0) }
    lines += ["", summary]
    lines += notes
    return lines
  }

  private func group(_ title: String, _ kind: Drift.Kind, _ body: ([Drift]) -> [String]) -> [String] {
    let drifts = report.drifts(kind)
    guard !drifts.isEmpty else { return [] }
    return ["", "\(style.bold(title))  \(style.muted("\(drifts.count)"))"] + body(drifts)
  }

  /// Object by object, with its parts below it.
  private func changedLines(_ drifts: [Drift]) -> [String] {
    var lines: [String] = []
    var object: ObjectIdentity?
    for (place, drift) in drifts.enumerated() {
      if drift.object != object {
        lines.append("  \(style.failure("✗")) \(harmless(drift.object.description))")
        object = drift.object
      }
      lines.append("      \(style.muted("the \(drift.part ?? "definition") in"))")
      lines += value("files", drift.expected)
      lines += value("database", drift.actual)
      let isLast = !drifts.indices.contains(place + 1) || drifts[place + 1].restoration != drift.restoration
      lines += origin(drift, showsRestoration: isLast)
    }
    return lines
  }

  private func plainLines(_ drifts: [Drift]) -> [String] {
    drifts.flatMap { drift in
      ["  \(style.failure("✗")) \(harmless(drift.object.description))"]
        + origin(drift, showsRestoration: true)
    }
  }

  private func unknownLines(_ drifts: [Drift]) -> [String] {
    drifts.flatMap { drift in
      let part = drift.part.map { ", \($0)" } ?? ""
      return ["  \(style.warning("?")) \(harmless(drift.object.description))\(harmless(part))"]
        + wrapped(drift.reason ?? "", indent: 6) + origin(drift, showsRestoration: false)
    }
  }

  /// What no migration made, a line a kind where there is room.
  private var unmanagedLines: [String] {
    let objects = report.drifts(.unmanaged).map(\.object)
    guard !objects.isEmpty else { return [] }
    var lines = ["", "\(style.bold("Made by no migration"))  \(style.muted("\(objects.count)"))"]
    for kind in ObjectKind.allCases {
      for object in objects where object.kind == kind {
        lines.append("  \(style.warning("!")) \(harmless(object.description))")
      }
    }
    return lines
  }

  /// What may be the work of statements that cannot be followed, a line a statement.
  private var opaqueLines: [String] {
    let statements = saysUnmanaged ? report.opaqueStatements.filter { !$0.possibleWork.isEmpty } : []
    guard !statements.isEmpty else { return [] }
    let title = style.bold("Perhaps made by statements that cannot be followed")
    return ["", "\(title)  \(style.muted("\(statements.count)"))"]
      + statements.flatMap { statement in
        let count = statement.possibleWork.count
        let what =
          count == 1
          ? "\(statement.possibleWork[0])" : "\(count) objects, such as \(statement.possibleWork[0])"
        return ["  \(style.muted("~")) \(harmless(statement.location.description))"]
          + wrapped(harmless(what), indent: 6) + wrapped(harmless(statement.reason), indent: 6)
      }
  }

  /// What archived migrations made, by the file that says last what it is.
  private var archivedLines: [String] {
    let drifts = report.drifts(.archived)
    guard !drifts.isEmpty else { return [] }
    var lines = [
      "", "\(style.bold("Made by archived or superseded migrations"))  \(style.muted("\(drifts.count)"))",
    ]
    let groups = Dictionary(grouping: drifts) { $0.migration?.rawValue ?? "" }
    for (migration, drifts) in groups.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(harmless(migration))  \(style.muted("\(drifts.count)"))")
      for kind in ObjectKind.allCases {
        for drift in drifts where drift.object.kind == kind {
          lines.append("    \(style.muted(harmless(drift.object.description)))")
        }
      }
    }
    return lines
  }

  // MARK: Parts

  private func value(_ side: String, _ value: String?) -> [String] {
    let label = Text(foreign: side).padded(to: 9).string
    guard let value else { return ["        \(style.muted(label))\(style.muted("nothing"))"] }
    let indent = 8 + 9
    let source = value.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    var rows = source.flatMap { line in
      Text(foreign: line).wrapped(to: Self.width - indent).map(\.string)
    }
    if rows.count > Self.longestValue {
      rows = Array(rows.prefix(Self.longestValue)) + ["… (--json has all of it)"]
    }
    let blanks = String(repeating: " ", count: indent)
    return rows.enumerated().map { place, row in
      (place == 0 ? "        \(style.muted(label))" : blanks) + row
    }
  }

  /// Where the files say it, and what would make it so again.
  private func origin(_ drift: Drift, showsRestoration: Bool) -> [String] {
    var lines: [String] = []
    if let location = drift.location { lines.append("      \(style.muted(harmless(location.description)))") }
    guard showsRestoration, let sql = drift.restoration else { return lines }
    // A body with comments in it does not survive being put on one line.
    if sql.contains("\n"), drift.location != nil {
      return lines + ["      \(style.success("→")) run this statement again"]
    }
    let rows = wrapped(sql.split(whereSeparator: \.isWhitespace).joined(separator: " "), indent: 8)
    guard var first = rows.first else { return lines }
    first = "      \(style.success("→")) \(first.dropFirst(8))"
    let shown = [first] + rows.dropFirst()
    lines += shown.count > 3 ? shown.prefix(3) + ["        … (--json has all of it)"] : shown
    return lines
  }

  private func wrapped(_ text: String, indent: Int) -> [String] {
    let blanks = String(repeating: " ", count: indent)
    return Text(foreign: text).wrapped(to: Self.width - indent).map { blanks + $0.string }
  }

  private var summary: String {
    let counts: [(Drift.Kind, String)] = [
      (.changed, "changed"), (.missing, "missing"), (.undropped, "not dropped"), (.unmanaged, "unmanaged"),
      (.archived, "archived"),
      (.unknown, "unknown"),
    ]
    let found = counts.map { ($0.1, report.drifts($0.0).count) }.filter { $0.1 > 0 }
    if found.isEmpty {
      return style.success("✓ no drift: \(report.compared) definitions are as the files say")
    }
    return found.map { "\($0.1) \($0.0)" }.joined(separator: " · ")
      + style.muted("  (\(report.compared) definitions compared)")
  }

  private var notes: [String] {
    var notes: [String] = []
    let silent = report.opaqueStatements.filter(\.possibleWork.isEmpty)
    if let first = silent.first {
      let places = silent.count == 1 ? "one statement" : "\(silent.count) statements"
      notes.append(
        "\(places) cannot be followed whole (\(first.location)\(silent.count > 1 ? ", …" : "")): what "
          + "\(silent.count == 1 ? "it" : "they") made may seem to be made by no migration")
    }
    if saysUnmanaged, let reason = report.unmanagedOmission {
      notes.append("what no migration made is not listed: \(reason)")
    }
    return notes.flatMap { wrapped($0, indent: 0) }.map { style.muted($0) }
  }
}
