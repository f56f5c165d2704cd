import Display
import Migrations
import Schema
import Script
import Verification

/// The plan: its steps with mode, lock and reason, or what is wrong with it.
struct PlanContent {
  let state: ConsoleState
  let overlay: PlanOverlay
  private var glyphs: Glyphs { state.glyphs }

  init(state: ConsoleState, overlay: PlanOverlay) {
    self.state = state
    self.overlay = overlay
  }

  func content(columns: Int) -> OverlayContent {
    switch overlay.result {
    case .waiting:
      return OverlayContent(
        title: "Plan", columns: columns, lines: [Line("\(state.spinner) planning…", .running)])
    case .failed(let trouble):
      var lines = Line.wrapped(foreign: trouble.message, .danger, columns: columns)
      if let advice = trouble.advice { lines += Line.wrapped(foreign: advice, columns: columns) }
      return OverlayContent(title: "Plan", columns: columns, lines: lines, isDangerous: true)
    case .plan(let plan):
      let count = Amounts.count(plan.steps.count, "migration")
      let statements = Amounts.count(plan.steps.reduce(0) { $0 + $1.statements.count }, "statement")
      return OverlayContent(
        title: "Plan for \(state.targetName)", note: "\(count), \(statements)", columns: columns,
        lines: lines(plan, columns: columns), isDangerous: !plan.problems.isEmpty)
    }
  }

  private func lines(_ plan: Plan, columns: Int) -> [Line] {
    var lines: [Line] = []
    for problem in plan.problems {
      lines += Line.wrapped(
        foreign: problem.message, .danger, columns: columns, first: glyphs.cross + " ", indent: "  ")
      if let location = problem.location { lines.append(Line("  \(location)", .muted)) }
      if let advice = problem.advice {
        lines += Line.wrapped(foreign: advice, columns: columns, indent: "  ")
      }
    }
    if !plan.problems.isEmpty { lines.append(Line()) }
    if plan.steps.isEmpty, plan.problems.isEmpty { return [Line("There is nothing to run.", .muted)] }
    let nameColumns = min(44, plan.steps.map(\.migration.id.rawValue.count).max() ?? 0)
    for (index, step) in plan.steps.enumerated() {
      lines += self.lines(step, number: index + 1, nameColumns: nameColumns, columns: columns)
    }
    return lines + access(columns: columns)
  }

  /// How what roles reach changes; what widens is marked.
  private func access(columns: Int) -> [Line] {
    guard let forecast = overlay.access else { return [] }
    let changes = forecast.steps.filter { !$0.change.isEmpty || !$0.unknowns.isEmpty }
    if changes.isEmpty { return [Line(), Line("Access does not change.", .muted)] }
    var lines = [Line(), Line("Access afterwards, foretold from the files", .title)]
    for step in changes {
      lines += Line.wrapped(foreign: "\(step.migration)", .accent, columns: columns, first: "    ")
      for sentence in step.change.sentences {
        lines += Line.wrapped(
          foreign: sentence.text, Self.role(of: sentence.direction), columns: columns,
          first: "      " + Text(foreign: sentence.direction.word).padded(to: 9), indent: "               ")
      }
      for unknown in step.unknowns {
        let place = unknown.location.map { " (\($0))" } ?? ""
        lines += Line.wrapped(
          foreign: unknown.reason + place, .warning, columns: columns, first: "      unknown  ",
          indent: "               ")
      }
    }
    return lines
  }

  private static func role(of direction: AccessChange.Direction) -> Role {
    switch direction {
    case .widens: .warning
    case .narrows, .differs: .text
    case .appears: .muted
    }
  }

  /// The largest tables that the step locks.
  private func volumes(_ step: PlanStep) -> [Line] {
    guard let catalog = state.catalog else { return [] }
    let relations = Set(step.statements.flatMap(\.locks).map(\.relation))
    let large = relations.compactMap { relation in catalog.volume(of: relation).map { (relation, $0) } }
      .sorted { catalog.bytes(of: $0.0) > catalog.bytes(of: $1.0) }
    return large.prefix(3).map { Line("    \($0.0.shortName): \($0.1)", .warning) }
  }

  /// What the lints say of a step, the worst first.
  private func lints(of step: PlanStep, columns: Int) -> [Line] {
    let own = overlay.lints.filter { $0.migration == step.migration.id && $0.severity != .pass }
      .sorted { $0.severity > $1.severity }
    let shown = own.prefix(Self.lintsShown).flatMap { finding -> [Line] in
      let place = finding.location?.position.map { "line \($0.line): " } ?? ""
      return Line.wrapped(
        foreign: "\(place)\(finding.message)", finding.severity.role, columns: columns,
        first: "    " + finding.severity.glyph(glyphs) + " ", indent: "      ")
    }
    guard own.count > Self.lintsShown else { return shown }
    return shown + [
      Line("      and \(own.count - Self.lintsShown) more: signalbox lint \(step.migration.id)", .muted)
    ]
  }

  /// Lints of a step beyond these are for `signalbox lint`.
  private static let lintsShown = 3

  private func lines(_ step: PlanStep, number: Int, nameColumns: Int, columns: Int) -> [Line] {
    var line = Line()
    line.add(right: "\(number)", .muted, width: 3, glyphs: glyphs)
    line.add(" ")
    line.add("\(step.migration.id)", .accent, width: min(nameColumns, max(12, columns / 2)), glyphs: glyphs)
    line.add(right: "\(Amounts.count(step.statements.count, "statement"))", .muted, width: 16, glyphs: glyphs)
    line.add("  ")
    if let lock = step.strongestLock {
      line.add("\(lock.phrase)", lock.keepsReadersOut ? .lockStrong : .lock)
      let others = Set(step.statements.flatMap(\.locks).map(\.relation)).count - 1
      if others > 0 { line.add(" +\(others)", .muted) }
    } else {
      line.add("no table lock", .muted)
    }
    var lines = [line] + volumes(step)
    if case .statementByStatement(let reason) = step.mode {
      lines += Line.wrapped(
        foreign: "statement by statement, what is done stays: \(reason)", .warning, columns: columns,
        indent: "    ")
    }
    if step.migration.isBaseline {
      let covered = step.migration.covers
      let names = [covered.first, covered.count > 1 ? covered.last : nil].compactMap { $0?.rawValue }
      lines += Line.wrapped(
        foreign: "in place of \(Amounts.count(covered.count, "migration")), superseded then: "
          + names.joined(separator: " to "), .stateSuperseded, columns: columns, indent: "    ")
    }
    lines += lints(of: step, columns: columns)
    if case .required(by: let requirements) = step.inclusion, let first = requirements.first {
      lines += Line.wrapped(
        foreign: "comes with \(first.from): \(first.explanation)", .muted, columns: columns,
        indent: "    ")
    }
    return lines
  }
}
