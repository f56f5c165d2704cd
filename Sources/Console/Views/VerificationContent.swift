import Display
import Migrations
import Schema
import Verification

/// What is known of the migration or phase under the cursor, line by line.
///
/// The lines of evidence are made when they are asked for: only those that are visible cost anything.
struct VerificationContent {
  private let state: ConsoleState
  private let columns: Int
  private var heading: [Line] = []
  private var items: [EvidenceItem] = []
  private var tail: [Line] = []
  private var kindColumns = 0
  private var missingRole = Role.muted

  init(_ state: ConsoleState, columns: Int) {
    self.state = state
    self.columns = max(1, columns)
    if let id = state.shownMigration {
      describe(id)
    } else if let group = state.list.cursorGroup {
      describe(state.list.groups[group])
    }
  }

  var count: Int { heading.count + items.count + tail.count }

  subscript(index: Int) -> Line {
    if index < heading.count { return heading[index] }
    if index < heading.count + items.count { return line(items[index - heading.count]) }
    return tail[index - heading.count - items.count]
  }

  private var glyphs: Glyphs { state.glyphs }

  private mutating func describe(_ id: MigrationID) {
    let status = state.statuses[id]
    let run = state.run?.migrations[id]
    let evidence = run?.evidence ?? status?.evidence
    heading.append(name(id, evidence))
    if let known = status?.state {
      var line = Line("\(known.glyph(glyphs)) \(known.rawValue)", known.role)
      line.add(": \(known.explanation)", .muted)
      heading.append(line)
    } else {
      heading += unknown
    }
    if let note = status?.note { heading += Line.wrapped(foreign: note, .warning, columns: columns) }
    if let error = status?.history?.error {
      heading += Line.wrapped(foreign: error, .danger, columns: columns)
    }
    if let notes = state.model?.migration(id)?.notes { describe(notes) }
    if let others = status?.otherTools, !others.isEmpty {
      heading += Line.wrapped(
        foreign: "also recorded by \(others.joined(separator: ", "))", .muted, columns: columns)
    }
    if let evidence { describe(evidence, state: status?.state, isFresh: run?.evidence != nil) }
    describeDifference(run)
    describeFindings(id)
    describeRequirements(id)
  }

  private func name(_ id: MigrationID, _ evidence: Evidence?) -> Line {
    var line = Line()
    let count = evidence.map { $0.isInconclusive ? "" : Text(foreign: $0.summary) } ?? ""
    line.add("\(id) ", .accent, width: columns - count.columns, glyphs: glyphs)
    line.add(count, evidence.map { $0.found == $0.expected } == true ? .success : .text)
    return line
  }

  /// Why the state is not known.
  private var unknown: [Line] {
    if case .failed(let trouble) = state.connection {
      return OpeningView.lines(of: trouble, state: state, columns: columns)
    }
    if case .failed(let trouble) = state.statusLoading {
      return OpeningView.lines(of: trouble, state: state, columns: columns)
    }
    return [Line("its state is not known yet", .muted)]
  }

  private mutating func describe(_ notes: MigrationNotes) {
    if let reason = notes.skipReason {
      heading += Line.wrapped(foreign: "skipped: \(reason)", columns: columns)
    }
    if let purpose = notes.purpose { heading += Line.wrapped(foreign: purpose, columns: columns) }
    if let priority = notes.priority { heading.append(Line("priority \(priority)", .muted)) }
    if let impact = notes.impact {
      heading += Line.wrapped(foreign: "impact: \(impact)", .muted, columns: columns)
    }
  }

  private mutating func describe(_ evidence: Evidence, state known: MigrationState?, isFresh: Bool) {
    heading.append(Line())
    if evidence.isInconclusive {
      heading += Line.wrapped(
        "nothing in the catalog can prove or disprove it", .muted, columns: columns)
      return
    }
    items = evidence.items
    kindColumns = min(14, items.map(\.object.kind.rawValue.count).max() ?? 0)
    // What a pending migration has yet to make is no fault.
    missingRole = known == .pending && !isFresh ? .muted : .danger
  }

  private func line(_ item: EvidenceItem) -> Line {
    var line: Line
    switch item.verdict {
    case .found: line = Line(glyphs.check, .success)
    case .missing: line = Line(glyphs.cross, missingRole)
    case .differs: line = Line(glyphs.exclamation, .warning)
    }
    line.add(" ")
    line.add("\(item.object.kind.rawValue)", .muted, width: kindColumns, glyphs: glyphs)
    line.add(" ")
    var name = Text(foreign: item.object.shortName)
    if !item.action.evidenceNote.isEmpty { name = "\(name) (\(item.action.evidenceNote))" }
    if case .differs(let how) = item.verdict { name = "\(name): \(how)" }
    let room = columns - line.columns
    line.add(
      name.clipped(to: room, ellipsis: glyphs.ellipsis), item.verdict == .missing ? missingRole : .text)
    return line
  }

  private mutating func describeDifference(_ run: MigrationProgress?) {
    guard let difference = run?.difference else { return }
    tail.append(Line())
    tail.append(Line(difference.isEmpty ? "it changes nothing" : "it would change", .accent))
    tail += difference.added.map { Line("+ \($0.identity.phrase)", .success) }
    tail += difference.changed.map { Line("~ \($0.after.identity.phrase)", .warning) }
    tail += difference.removed.map { Line("- \($0.identity.phrase)", .danger) }
  }

  private mutating func describeFindings(_ id: MigrationID) {
    // Evidence is listed object by object above.
    let findings = state.statuses.findings(of: id).filter { !$0.code.hasPrefix("evidence.") }
    guard !findings.isEmpty else { return }
    tail.append(Line())
    tail.append(Line("expectations", .title))
    for finding in findings {
      let (glyph, role): (Text, Role) =
        switch finding.severity {
        case .pass: (glyphs.check, .success)
        case .warning: (glyphs.exclamation, .warning)
        case .failure: (glyphs.cross, missingRole)
        }
      let wrapped = Text(foreign: finding.message).wrapped(to: max(1, columns - 2))
      for (index, text) in wrapped.enumerated() {
        var line = Line(index == 0 ? glyph : " ", role)
        line.add(" ")
        line.add(text, finding.severity == .pass ? .text : role)
        tail.append(line)
      }
    }
  }

  private mutating func describeRequirements(_ id: MigrationID) {
    guard let requirements = state.model?.graph.requirements(of: id), !requirements.isEmpty else { return }
    tail.append(Line())
    tail.append(Line("needs", .title))
    for requirement in requirements {
      let known = state.statuses.state(of: requirement.to)
      var line = Line("\(known?.glyph(glyphs) ?? glyphs.middleDot) ", known?.role ?? .muted)
      line.add("\(requirement.to)")
      tail.append(line)
      tail += Line.wrapped(foreign: requirement.explanation, .muted, columns: columns, indent: "  ")
    }
  }

  private mutating func describe(_ group: MigrationGroup) {
    heading.append(Line("\(group.name)", .accent))
    if let purpose = group.purpose { heading += Line.wrapped(foreign: purpose, columns: columns) }
    heading.append(Line())
    guard !state.statuses.isEmpty else {
      heading += unknown
      return
    }
    let states = Dictionary(grouping: group.migrations) { state.statuses.state(of: $0) }
    for known in MigrationState.allCases {
      guard let count = states[known]?.count else { continue }
      var line = Line()
      line.add(right: "\(count)", width: 5, glyphs: glyphs)
      line.add(" \(known.glyph(glyphs)) \(known.rawValue)", known.role)
      line.add(": \(known.explanation)", .muted)
      heading.append(line)
    }
  }
}
