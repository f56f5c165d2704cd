import Display
import Migrations
import Verification

/// The findings as rows, and their sums.
extension VerifyScreen {
  static func summary(_ state: ConsoleState) -> (left: Line, right: Line) {
    let book = state.verify.book
    guard let checkedAt = book.checkedAt else { return (Line(), Line()) }
    var left = Line()
    for (count, severity) in [
      (book.summary.failed, Finding.Severity.failure), (book.summary.warnings, .warning),
      (book.summary.passed, .pass),
    ] {
      if !left.isEmpty { left.add(" \(state.glyphs.middleDot) ", .muted) }
      let words = severity == .pass ? "\(count) passed" : Amounts.count(count, severity.word)
      left.add("\(words)", count == 0 ? .muted : severity.role)
    }
    var right = Line()
    let (better, worse) = book.changes
    if better > 0 { right.add("\(better) better ", .success) }
    if worse > 0 { right.add("\(worse) worse ", .danger) }
    right.add("checked \(Amounts.clock(checkedAt, secondsFromUTC: state.options.secondsFromUTC))", .muted)
    return (left, right)
  }

  static func listTitle(_ state: ConsoleState) -> Text { "Findings by \(state.verify.order.rawValue)" }

  static func line(of item: FindingRow, _ state: ConsoleState, columns: Int) -> Line {
    switch item.content {
    case .heading(let title, let count, let worst):
      var line = Line("\(title) ", .title)
      line.add("\(count)", worst.role)
      return line
    case .entry(let entry): return self.line(of: entry, state, columns: columns)
    }
  }

  private static func line(of entry: FindingBook.Entry, _ state: ConsoleState, columns: Int) -> Line {
    let finding = entry.finding
    let glyphs = state.glyphs
    var line = Line(" \(finding.severity.glyph(glyphs))", finding.severity.role)
    switch entry.change {
    case .better: line.add("+ ", .success)
    case .worse: line.add("- ", .danger)
    case nil: line.add("  ")
    }
    // What the heading says already need not stand in every row.
    let order = state.verify.order
    if order != .migration, columns >= 60 {
      let width = min(state.verify.migrationColumns, columns * 34 / 100)
      let name: Text = "\(finding.migration?.rawValue ?? "")"
      line.add(name.clippedInside(to: width, ellipsis: glyphs.ellipsis), width: width, glyphs: glyphs)
      line.add("  ")
    }
    if order != .code, columns >= 90 {
      line.add("\(finding.code)", .muted, width: state.verify.codeColumns, glyphs: glyphs)
      line.add("  ")
    }
    let room = max(8, columns - line.columns)
    // One line of a message says more than the object alone, which it names.
    let words: Text = "\(finding.message)"
    line.add(words.clipped(to: room, ellipsis: glyphs.ellipsis), finding.severity == .pass ? .muted : .text)
    return line
  }

  static func instead(_ state: ConsoleState, columns: Int) -> [Line] {
    let book = state.verify.book
    if state.statusLoading == .loaded, book.summary.passed > 0 {
      return [
        Line("\(state.glyphs.check) All \(Amounts.count(book.summary.passed, "check")) passed.", .success),
        Line("v lists them.", .muted),
      ]
    }
    return state.linesInstead(
      of: "the target", loading: state.statusLoading,
      ifEmpty: "There is nothing to check: the project has no migrations that are in, and expects nothing.",
      columns: columns)
  }
}
