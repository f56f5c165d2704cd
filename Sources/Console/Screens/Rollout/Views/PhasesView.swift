import Display
import Migrations

/// The list of phases and migrations; only the rows that are visible are ever looked at.
struct PhasesView {
  let state: ConsoleState
  private var glyphs: Glyphs { state.glyphs }

  init(state: ConsoleState) { self.state = state }

  func draw(on canvas: inout Canvas, in area: Area?) {
    guard let area else { return }
    let isFocused = state.rollout.focus == .phases
    let inside = canvas.pane(area, title: title, isFocused: isFocused)
    guard !inside.isEmpty else { return }
    let list = state.rollout.list
    if list.rows.isEmpty {
      let reason: Text = list.filter.isEmpty ? "no migrations" : "nothing contains “\(list.filter)”"
      canvas.draw(
        Line(" \(reason)", .muted), at: Point(column: inside.column, row: inside.row), columns: inside.columns
      )
      return
    }
    let columns = Columns(state: state, total: inside.columns)
    let last = min(list.rows.count, list.position.top + inside.rows)
    for index in list.position.top..<max(list.position.top, last) {
      let row = Area(
        column: inside.column, row: inside.row + index - list.position.top, columns: inside.columns, rows: 1)
      canvas.draw(
        line(list.rows[index], columns, isCursor: index == list.position.cursor),
        at: Point(column: row.column, row: row.row), columns: row.columns)
      if index == list.position.cursor { canvas.mark(row, isFocused: isFocused) }
    }
    canvas.scrollBar(
      beside: inside, top: list.position.top, count: list.rows.count,
      style: isFocused ? .borderFocused : .border)
  }

  private var title: Text {
    let list = state.rollout.list
    guard !list.filter.isEmpty else { return "Phases" }
    return "Phases /\(list.filter): \(list.matches) of \(state.model?.project.migrations.count ?? 0)"
  }

  /// The widths of the columns; the name takes what the others leave.
  struct Columns {
    var name: Int
    var state: Int
    var evidence: Int
    /// How many requirements, and how long it took; none of both where there is no room for whole names beside them.
    var needs: Int
    var time: Int
    var extras: Int { needs + time }
    /// The counts of a phase, which take some of the name where the list is narrow.
    var count: Int

    init(state: ConsoleState, total: Int) {
      let words = state.statuses.counts.filter { $0.value > 0 }.keys.map(\.rawValue.count)
      let word = max(7, words.max() ?? 0)
      let groups = state.model?.groups.map { String($0.migrations.count).count * 2 + 1 }.max() ?? 0
      let shown = state.options.configuration.columns
      evidence =
        total >= 34 && shown.contains(.evidence) ? max(groups, state.statuses.evidenceColumns) + 1 : 0
      count = max(groups + 1, evidence)
      // The name before the word: a state has a symbol of its own, and its word stands in the verification pane; a
      // name that is cut is told nowhere in the list.
      let stateWord = shown.contains(.state) ? word + 2 : 1
      needs = shown.contains(.needs) ? Self.extraColumns : 0
      time = shown.contains(.time) ? Self.extraColumns : 0
      if total < 56 || total - 5 - evidence - 1 - stateWord - needs - time < state.rollout.list.nameColumns {
        needs = 0
        time = 0
      }
      let room = total - 5 - evidence - 1 - needs - time
      self.state = room - stateWord >= state.rollout.list.nameColumns && total >= 40 ? stateWord : 1
      name = max(4, room - self.state)
    }

    private static let extraColumns = 10
  }

  private func line(_ row: PhaseList.Row, _ columns: Columns, isCursor: Bool) -> Line {
    // The row under the cursor has a symbol as well: a bar alone is lost where there are no colours.
    var line = Line(isCursor ? glyphs.cursor : " ", .accent)
    switch row {
    case .group(let index): line.add(groupLine(index, columns))
    case .migration(let id, _): line.add(migrationLine(id, columns))
    }
    return line
  }

  private func groupLine(_ index: Int, _ columns: Columns) -> Line {
    var line = counts(of: index, columns)
    line.add("", width: columns.extras, glyphs: glyphs)
    return line
  }

  private func counts(of index: Int, _ columns: Columns) -> Line {
    let list = state.rollout.list
    let group = list.groups[index]
    var line = Line("\(list.isFolded(index) ? glyphs.closed : glyphs.opened) ", .muted)
    line.add(
      "\(group.name) ", .title, width: max(1, columns.name + 2 + columns.evidence - columns.count),
      glyphs: glyphs)
    guard !state.statuses.isEmpty else {
      line.add(
        right: "\(group.migrations.count)", .muted, width: columns.state + 1 + columns.count, glyphs: glyphs)
      return line
    }
    let applied = state.statuses.applied(of: group.migrations)
    let total = group.migrations.count
    switch group.kind {
    case .phase:
      let isDone = applied == total
      line.add(
        isDone ? " \(glyphs.check)" : "", isDone ? .success : .text, width: columns.state + 1, glyphs: glyphs)
      line.add(
        right: "\(applied)/\(total)", isDone ? .muted : .text, width: columns.count, glyphs: glyphs
      )
    case .place, .missing:
      line.add("", width: columns.state + 1, glyphs: glyphs)
      line.add(right: "\(total)", .muted, width: columns.count, glyphs: glyphs)
    }
    return line
  }

  private func migrationLine(_ id: MigrationID, _ columns: Columns) -> Line {
    let status = state.statuses[id]
    var line = Line(box(of: id), .chosen)
    let waits = state.rollout.breakpoints.contains { $0.migration == id }
    line.add(waits ? glyphs.breakpoint : " ", .danger)
    let isDone = status.map { !$0.state.canRun && $0.state != .changed && $0.state != .missing } ?? false
    line.add(name(id, isDone ? .muted : .text, columns: columns.name))
    line.add(" ")
    line.add(stateText(id, status, columns))
    if columns.evidence > 0, let evidence = status?.evidence, !evidence.isInconclusive {
      let isWhole = evidence.found == evidence.expected
      line.add(
        right: "\(evidence.summary)",
        isWhole || status?.state == .pending ? .muted : .warning,
        width: columns.evidence, glyphs: glyphs)
    } else {
      line.add("", width: columns.evidence, glyphs: glyphs)
    }
    if columns.extras > 0 { line.add(extras(id, status, columns)) }
    return line
  }

  /// How many others it needs, and how long it took.
  private func extras(_ id: MigrationID, _ status: MigrationStatus?, _ columns: Columns) -> Line {
    let count = state.model?.graph.requirements(of: id).count ?? 0
    let run = state.run?.migrations[id]
    let took = run?.milliseconds ?? status?.history?.durationMilliseconds
    let time: Text = took.map { "\(Amounts.duration(milliseconds: $0))" } ?? ""
    var line = Line()
    line.add(
      right: count == 0 ? "" : "needs \(count)", .muted, width: columns.needs, glyphs: glyphs)
    line.add(right: time, .muted, width: columns.time, glyphs: glyphs)
    return line
  }

  /// The name, with what the filter found in it marked.
  private func name(_ id: MigrationID, _ role: Role, columns: Int) -> Line {
    let name = id.rawValue
    let foreign = Text(foreign: name)
    let filter = state.rollout.list.filter.lowercased()
    // While a filter is set the beginning stays whole, so that the marks stand where the matches are.
    let clipped = filter.isEmpty ? foreign.clippedInside(to: columns, ellipsis: glyphs.ellipsis) : foreign
    let text = clipped.padded(to: columns, ellipsis: glyphs.ellipsis)
    let lowercased = name.lowercased()
    // Only a name that folds letter by letter can be cut at the places where its folded form was searched.
    guard !filter.isEmpty, lowercased.utf8.count == name.utf8.count, name.utf8.allSatisfy({ $0 < 0x80 }),
      let start = Self.place(of: filter, in: lowercased)
    else { return Line(text, role) }
    var line = Line(text.prefix(columns: start), role)
    let rest = text.dropping(columns: start)
    line.add(rest.prefix(columns: filter.utf8.count), .match)
    line.add(rest.dropping(columns: filter.utf8.count), role)
    return line
  }

  private static func place(of wanted: String, in text: String) -> Int? {
    let wanted = Array(wanted.utf8)
    let text = Array(text.utf8)
    guard wanted.count <= text.count else { return nil }
    return (0...(text.count - wanted.count)).first { text[$0..<($0 + wanted.count)].elementsEqual(wanted) }
  }

  private func box(of id: MigrationID) -> Text {
    if state.rollout.selection.chosen.contains(id) { return "[x]" }
    if state.rollout.selection.comingAlong[id] != nil { return "[+]" }
    return state.statuses.state(of: id)?.canRun == true ? "[ ]" : "   "
  }

  private func stateText(_ id: MigrationID, _ status: MigrationStatus?, _ columns: Columns) -> Line {
    let (glyph, word, role) = appearance(id, status)
    var line = Line()
    if columns.state > 1 {
      line.add("\(glyph) \(word)", role, width: columns.state, glyphs: glyphs)
    } else {
      line.add(glyph, role, width: 1, glyphs: glyphs)
    }
    return line
  }

  private func appearance(_ id: MigrationID, _ status: MigrationStatus?) -> (Text, Text, Role) {
    if state.isRunning, state.run?.current == id, state.run?.migrations[id]?.outcome == nil {
      return state.run?.pause == nil
        ? (state.spinner, "running", .running) : (glyphs.cursor, "waiting", .warning)
    }
    guard let known = status?.state else { return (glyphs.middleDot, "", .muted) }
    return (known.glyph(glyphs), "\(known.rawValue)", known.role)
  }
}
