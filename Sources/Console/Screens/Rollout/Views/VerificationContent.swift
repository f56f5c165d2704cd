import Display
import Migrations
import Schema
import Script
import Verification

/// What is known of the migration or phase under the cursor, line by line.
///
/// Names are wrapped, not cut: policies of a table differ in the middle of theirs.
struct VerificationContent {
  private let state: ConsoleState
  private let columns: Int
  private var heading: [Line] = []
  private var rows: [Line] = []
  private var tail: [Line] = []
  private var isExpectedLater = false

  init(_ state: ConsoleState, columns: Int) {
    self.state = state
    self.columns = max(1, columns)
    if let id = state.shownMigration {
      describe(id)
    } else if let group = state.rollout.list.cursorGroup {
      describe(state.rollout.list.groups[group])
    }
  }

  var count: Int { heading.count + rows.count + tail.count }

  subscript(index: Int) -> Line {
    if index < heading.count { return heading[index] }
    if index < heading.count + rows.count { return rows[index - heading.count] }
    return tail[index - heading.count - rows.count]
  }

  private var glyphs: Glyphs { state.glyphs }

  private mutating func describe(_ id: MigrationID) {
    let status = state.statuses[id]
    let run = state.run?.migrations[id]
    let evidence = run?.evidence ?? status?.evidence
    heading.append(name(id, evidence))
    if state.isRunning, state.run?.current == id, let run, run.outcome == nil, run.evidence != nil {
      // What is counted below is what the run sees; the state is still that of before.
      heading.append(Line("\(glyphs.cursor) checked, not yet committed", .warning))
    } else if let known = status?.state {
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
    let notes = state.model?.migration(id)?.notes
    if let reason = notes?.skipReason {
      heading += Line.wrapped(foreign: "skipped: \(reason)", columns: columns)
    }
    if let purpose = notes?.purpose { heading += Line.wrapped(foreign: purpose, .muted, columns: columns) }
    if let others = status?.otherTools, !others.isEmpty {
      heading += Line.wrapped(
        foreign: "also recorded by \(others.joined(separator: ", "))", .muted, columns: columns)
    }
    if let evidence { describe(evidence, of: id, state: status?.state, isFresh: run?.evidence != nil) }
    describeDifference(run)
    describeFindings(id)
    if let notes { describe(notes) }
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
    guard notes.priority != nil || notes.impact != nil else { return }
    tail.append(Line())
    if let priority = notes.priority { tail.append(Line("priority \(priority)", .muted)) }
    if let impact = notes.impact {
      tail += Line.wrapped(foreign: "impact: \(impact)", .muted, columns: columns)
    }
  }

  private mutating func describe(
    _ evidence: Evidence, of id: MigrationID, state known: MigrationState?, isFresh: Bool
  ) {
    if evidence.isInconclusive {
      heading.append(Line())
      heading += Line.wrapped(
        "nothing in the catalog can prove or disprove it", .muted, columns: columns)
      return
    }
    // What a pending migration has yet to make is no fault.
    isExpectedLater = known == .pending && !isFresh
    let kindColumns = evidence.items.map { Self.kindWord($0.object).count }.max() ?? 0
    let statements = state.model?.migration(id)?.script.statements ?? []
    for group in EvidenceGroup.groups(of: evidence, statements: statements) {
      rows.append(Line())
      rows.append(line(group))
      for item in group.items {
        rows += lines(item, kindColumns: group.isRelation ? kindColumns : 0)
      }
    }
  }

  private var missingRole: Role { isExpectedLater ? .muted : .danger }

  private func line(_ group: EvidenceGroup) -> Line {
    let count: Text = " \(group.found)/\(group.items.count)"
    let name = Text(foreign: group.name).clippedInside(to: columns - count.columns, ellipsis: glyphs.ellipsis)
    var line = Line()
    line.add(name, .title, width: columns - count.columns, glyphs: glyphs)
    line.add(count, group.found == group.items.count ? .success : missingRole)
    return line
  }

  private func lines(_ item: EvidenceItem, kindColumns: Int) -> [Line] {
    let (glyph, glyphRole, role): (Text, Role, Role) =
      switch item.verdict {
      case .found: (glyphs.check, .success, .text)
      case .missing: (glyphs.cross, missingRole, missingRole)
      case .differs: (glyphs.exclamation, .warning, .warning)
      }
    let isInRelation = kindColumns > 0
    var start = Line(glyph, glyphRole)
    start.add(" ")
    if isInRelation {
      start.add("\(Self.kindWord(item.object))", .muted, width: kindColumns, glyphs: glyphs)
      start.add(" ")
    }
    let name = isInRelation ? item.object.nameWithinRelation : item.object.shortName
    let indent = start.columns
    let room = max(8, columns - indent)
    let texts = Self.pieces(name + note(item), columns: room)
    return texts.enumerated().map { index, text in
      var line = index == 0 ? start : Line(Text(" ").repeated(indent))
      line.add(text, role)
      return line
    }
  }

  /// A name in lines; one without blanks is broken after an underscore, where its parts end.
  private static func pieces(_ name: String, columns: Int) -> [Text] {
    var pieces: [Text] = []
    var rest = Text(foreign: name)
    while rest.columns > columns {
      let beginning = rest.prefix(columns: columns)
      guard !beginning.string.contains(" "), let end = beginning.string.lastIndex(of: "_") else { break }
      let piece = rest.prefix(
        columns: beginning.string.distance(from: beginning.string.startIndex, to: end) + 1)
      pieces.append(piece)
      rest = rest.dropping(columns: piece.columns)
    }
    return pieces + rest.wrapped(to: columns)
  }

  /// What must be said of an object besides its name.
  private func note(_ item: EvidenceItem) -> String {
    switch (item.action, item.verdict) {
    case (_, .differs(let how)): ": \(how)"
    case (.drops, .found): " (gone)"
    case (.drops, .missing): isExpectedLater ? " (to be dropped)" : " (still there)"
    case (.alters, _): " (altered)"
    case (.creates, _), (.uses, _): ""
    }
  }

  /// The kind in a column; the two flags of row security are told apart by it alone.
  private static func kindWord(_ object: ObjectIdentity) -> String {
    switch object.kind {
    case .rowSecurity: "row security"
    case .forcedRowSecurity: "forced RLS"
    case .materializedView: "mat. view"
    case .enumValue: "value"
    default: object.kind.rawValue
    }
  }

  private mutating func describeDifference(_ run: MigrationProgress?) {
    guard let difference = run?.difference else { return }
    tail.append(Line())
    tail.append(Line(difference.isEmpty ? "it changes nothing" : "it changes", .accent))
    tail += difference.added.map { Line("+ \($0.identity.phrase)", .success) }
    tail += difference.changed.map { Line("~ \($0.after.identity.phrase)", .warning) }
    tail += difference.removed.map { Line("- \($0.identity.phrase)", .danger) }
  }

  private mutating func describeFindings(_ id: MigrationID) {
    // Evidence is listed object by object above, and the state stands at the top.
    let findings = state.statuses.findings(of: id).filter {
      !$0.code.hasPrefix("evidence.") && !$0.code.hasPrefix("migration.")
    }
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
