import Display
import Migrations

/// A recorded run: what is under the cursor above, all steps below.
struct ReplayContent {
  let overlay: ReplayOverlay
  let state: ConsoleState

  private var glyphs: Glyphs { state.glyphs }

  /// The lines above the steps: the speed, the statement, a blank one; fewer where there is little room.
  static func pinnedRows(_ state: ConsoleState) -> Int { min(9, max(3, state.size.rows / 4)) }

  func content(columns: Int) -> OverlayContent {
    let overlay = overlay
    let isMigrationSaid = Set(overlay.steps.compactMap(\.migration)).count > 1
    let names = overlay.steps.compactMap(\.migration).map(\.rawValue.count).max() ?? 0
    let nameColumns = isMigrationSaid && columns >= 76 ? min(names, columns / 4) : 0
    var content = OverlayContent(
      title: overlay.title, note: note, columns: columns, count: overlay.steps.count
    ) { line(overlay.steps[$0], isCursor: $0 == overlay.cursor, isAhead: $0 > overlay.cursor, nameColumns) }
    content.cursorLine = overlay.cursor
    content.pinned = pinned(columns)
    return content
  }

  private var note: Text {
    let speed = overlay.speed < 1 ? "1/\(Int(1 / overlay.speed))" : "\(Int(overlay.speed))"
    let word = overlay.isPlaying ? "playing, speed \(speed)" : "stopped"
    return "\(word) \(glyphs.middleDot) \(overlay.cursor + 1) of \(overlay.steps.count)"
  }

  private func pinned(_ columns: Int) -> [Line] {
    guard let step = overlay.current else { return [] }
    let rows = Self.pinnedRows(state)
    var head = Line(step.migration.map { "\($0)" } ?? "the run", .accent)
    if let statement = step.statement { head.add("  statement \(statement + 1)", .muted) }
    head.add("  \(Amounts.clock(step.time, secondsFromUTC: state.options.secondsFromUTC))", .muted)
    var lines = [head.clipped(to: columns, glyphs: glyphs)]
    if step.kind != .statement || step.text == nil {
      lines += Line.wrapped(foreign: step.words, step.role, columns: columns)
      if let message = step.message {
        for text in [message.detail, message.hint].compactMap({ $0 }) {
          lines += Line.wrapped(foreign: text, .muted, columns: columns)
        }
      }
      lines += step.lines.prefix(rows).map { Line("\($0)").clipped(to: columns, glyphs: glyphs) }
    }
    if let text = step.text {
      lines += Text.lines(foreign: text).prefix(rows).map { Line($0).clipped(to: columns, glyphs: glyphs) }
    }
    let room = rows - 1
    if lines.count > room {
      lines = Array(lines.prefix(room - 1)) + [Line("\(glyphs.ellipsis) Enter shows all of it", .muted)]
    }
    let rule = Line(glyphs.box.horizontal.repeated(columns), .muted)
    return lines + Array(repeating: Line(), count: room - lines.count) + [rule]
  }

  private func line(_ step: ReplayStep, isCursor: Bool, isAhead: Bool, _ nameColumns: Int) -> Line {
    // While it plays, what has not happened yet is only hinted at.
    let isFaint = isAhead && overlay.isPlaying
    func role(_ role: Role) -> Role { isFaint ? .muted : role }
    var line = Line(isCursor ? glyphs.cursor : " ", .accent)
    let clock = Amounts.clock(step.time, secondsFromUTC: state.options.secondsFromUTC)
    line.add(" \(clock) ", .muted)
    if nameColumns > 0 {
      let name = Text(foreign: step.migration?.rawValue ?? "")
      line.add(
        name.clippedInside(to: nameColumns, ellipsis: glyphs.ellipsis), .muted, width: nameColumns,
        glyphs: glyphs)
      line.add(" ")
    }
    line.add(right: step.statement.map { "\($0 + 1)" } ?? "", .muted, width: 4, glyphs: glyphs)
    line.add(" \(step.glyph(glyphs)) ", role(step.role))
    if step.kind == .statement, let text = step.text {
      line.add("\(step.words)", role(.success))
      line.add("  \(text.inOneLine)", role(.text))
    } else {
      line.add("\(step.words.inOneLine)", role(step.role))
    }
    return line.clipped(to: max(10, state.size.columns - 6), glyphs: glyphs)
  }
}

extension ReplayStep {
  var role: Role {
    switch kind {
    case .milestone: .accent
    case .statement: .text
    case .notice: .information
    case .waiting: .warning
    case .good: .success
    case .bad: .danger
    }
  }

  func glyph(_ glyphs: Glyphs) -> Text {
    switch kind {
    case .milestone: glyphs.closed
    case .statement, .good: glyphs.check
    case .notice: glyphs.middleDot
    case .waiting: glyphs.exclamation
    case .bad: glyphs.cross
    }
  }
}
