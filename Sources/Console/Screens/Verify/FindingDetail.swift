import Display
import Migrations
import Schema
import Script
import Verification

/// One finding as a whole: what, why, what the catalog says, where it is written, and what can be done.
extension VerifyScreen {
  static func detailTitle(_ state: ConsoleState) -> Text {
    state.verify.current.map { "\($0.finding.code)" } ?? "Finding"
  }

  static func detailText(_ state: ConsoleState, columns: Int) -> DetailText {
    guard let entry = state.verify.current else {
      return DetailText([Line("The finding under the cursor is explained here.", .muted)])
    }
    return DetailText(FindingDetail(state: state, entry: entry, columns: columns).lines)
  }
}

private struct FindingDetail {
  let state: ConsoleState
  let entry: FindingBook.Entry
  let columns: Int

  private var finding: Finding { entry.finding }

  var lines: [Line] {
    let glyph = finding.severity.glyph(state.glyphs)
    var lines = Line.wrapped(
      foreign: finding.message, finding.severity.role, columns: columns, first: glyph + " ", indent: "  ")
    lines += before
    if let trouble = state.verify.trouble {
      lines += Line.wrapped(
        foreign: "not checked again: \(trouble.message)", .danger, columns: columns)
    }
    let explanation = FindingExplanation(finding)
    var chapters = Chapters(glyphs: state.glyphs)
    chapters.add("why", Line.wrapped(foreign: explanation.reason, columns: room))
    if let advice = explanation.advice {
      chapters.add("what to do", Line.wrapped(foreign: advice, columns: room))
    }
    chapters.add("concerns", concerns)
    chapters.add("in the catalog", catalog)
    chapters.add("in the files", source)
    return lines + chapters.lines
  }

  private var room: Int { Chapters.room(in: columns) }

  private var before: [Line] {
    switch entry.change {
    case .better: [Line("  better than the time before: it was a \(entry.before?.word ?? "")", .success)]
    case .worse: [Line("  worse than the time before: it was \(entry.before?.word ?? "")", .danger)]
    case nil: []
    }
  }

  private var concerns: [Line] {
    var lines: [Line] = []
    if let object = finding.object { lines += Line.wrapped(foreign: object.phrase, columns: room) }
    if let id = finding.migration {
      let known = state.statuses.state(of: id)
      var line = Line("\(id)")
      if let known { line.add(" \(known.glyph(state.glyphs)) \(known.rawValue)", known.role) }
      lines.append(line)
    }
    return lines
  }

  /// What the catalog holds of the object.
  private var catalog: [Line] {
    guard let identity = finding.object, let catalog = state.catalog else { return [] }
    guard let object = catalog[identity] else { return [Line("it is not there", .muted)] }
    let definition = object.definition.isEmpty ? "it is there" : object.definition
    return Line.wrapped(foreign: definition, columns: room)
  }

  /// The statement that should have made it, or the place where it is expected.
  private var source: [Line] {
    guard let id = finding.migration, let migration = state.model?.migration(id) else {
      return finding.location.map { [line(for: $0)] } ?? []
    }
    if finding.code.hasPrefix("expectation."), let location = finding.location {
      return [line(for: location)]
    }
    guard let statement = statement(in: migration) else {
      return [line(for: finding.location ?? FileLocation(file: migration.file))]
    }
    let place = FileLocation(file: migration.file, position: statement.position)
    return [line(for: place)]
      + Text.lines(foreign: statement.text).map { Line($0) }.prefix(Self.longest)
  }

  private func line(for place: FileLocation) -> Line {
    var line = Line("\(place)", .muted)
    line.add("  \(state.key("Editor")) opens it", .muted)
    return line
  }

  /// Longer statements are read in the editor.
  private static let longest = 40

  private func statement(in migration: Migration) -> Statement? {
    let statements = migration.script.statements
    let position = finding.location?.position ?? evidencePosition(in: migration.id)
    if let position {
      return statements.last { $0.position <= position }
    }
    guard let object = finding.object else { return nil }
    return statements.last { statement in
      statement.effects.contains { $0.object == object && $0.action != .uses }
    }
  }

  private func evidencePosition(in id: MigrationID) -> SourcePosition? {
    guard let object = finding.object else { return nil }
    return state.statuses[id]?.evidence?.items.first { $0.object == object }?.position
  }
}
