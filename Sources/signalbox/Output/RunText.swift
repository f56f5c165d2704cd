import Display
import Migrations
import Report
import Schema
import Script

/// The events of a run as lines of text, for `apply` without a console.
struct RunText {
  let plan: Plan
  let mode: RunMode
  let style: TextStyle
  /// The steps by migration: each statement of a run asks for its own.
  private let steps: [MigrationID: PlanStep]

  init(plan: Plan, mode: RunMode, style: TextStyle) {
    self.plan = plan
    self.mode = mode
    self.style = style
    steps = Dictionary(plan.steps.map { ($0.migration.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The lines for one event; none for events that need no line of their own.
  func lines(for event: RunEvent) -> [String] {
    switch event.kind {
    case .runStarted(_, let mode, let migrations):
      let what = "\(migrations.count) \(migrations.count == 1 ? "migration" : "migrations")"
      return [mode == .dryRun ? "Rehearsing \(what); everything is rolled back" : "Applying \(what)"]
    case .waitingForRun(let holder):
      return [style.warning("  waits for another run: \(describe(holder))")]
    case .migrationStarted(let id, let attempt):
      let again = attempt > 1 ? style.muted(" (attempt \(attempt))") : ""
      return ["", style.bold(harmless(id.rawValue)) + again]
    case .statementStarted: return []
    case .notice(_, _, let message):
      return [style.muted("    \(harmless(message.severity.lowercased())): \(harmless(message.message))")]
    case .statementFinished(let id, let index, let milliseconds, _):
      return [
        "  \(style.success("✓")) \(excerpt(id, index)) \(style.muted(Duration.text(milliseconds: milliseconds)))"
      ]
    case .statementFailed(let id, let index, let message):
      return ["  \(style.failure("✗")) \(excerpt(id, index))"] + failure(message) + source(id, index, message)
    case .statementSkipped(let id, let index):
      return ["  \(style.warning("–")) \(excerpt(id, index)) skipped"]
    case .blocked(_, _, let sessions):
      return sessions.map { style.warning("    waits for \(describe($0)): \(harmless($0.query ?? ""))") }
    case .queued(_, _, let sessions):
      guard !sessions.isEmpty else { return [style.muted("    keeps nobody waiting any more")] }
      return sessions.map { style.warning("    keeps waiting \(describe($0)): \(harmless($0.query ?? ""))") }
    case .paused(_, _, .widened(let cells)):
      return [style.failure("  access widens beyond what was announced:")]
        + AccessChange(cells).sentences.flatMap(AccessSentenceText(style: style).lines)
    case .paused: return []
    case .verified(_, let evidence):
      if evidence.isInconclusive { return [style.muted("  nothing in the catalog to verify")] }
      let line = "  verified: \(evidence.found) of \(evidence.expected) objects"
      let wrong = evidence.items.filter { $0.verdict != .found }.map {
        "    ✗ \(harmless($0.object.description))"
      }
      return evidence.found == evidence.expected ? [style.success(line)] : [style.failure(line)] + wrong
    case .migrationFinished(_, let outcome, let milliseconds):
      return [finish(outcome, milliseconds)]
    case .retrying(_, _, let pause, let message):
      return [
        style.warning(
          "  \(harmless(message.message)): rolled back, tried again in \(Duration.text(milliseconds: pause))")
      ]
    case .difference(let id, let difference):
      return mode == .dryRun ? lines(of: difference) : results(of: id, difference)
    case .accessChanged(_, let change): return lines(of: change)
    case .runFinished(let outcome):
      switch outcome {
      case .done: return ["", style.success("Done.")]
      case .failed: return ["", style.failure("Failed.")]
      case .aborted: return ["", style.warning("Stopped.")]
      }
    }
  }

  /// A statement's first line, cut to fit.
  func excerpt(_ id: MigrationID, _ index: Int) -> String {
    guard let step = steps[id],
      step.statements.indices.contains(index)
    else { return "statement \(index + 1)" }
    let statement = step.statements[index]
    let number = Text(foreign: "\(index + 1)").padded(to: 3).string
    return "\(style.muted(number)) \(Text(foreign: statement.text).clipped(to: 72).string)"
  }

  /// An error with its place, detail and hint.
  func failure(_ message: ServerMessage) -> [String] {
    let place = message.location.map { "\($0): " } ?? ""
    let code = message.code.isEmpty ? "" : " (\(message.code))"
    var lines = [style.failure("    \(harmless(place))\(harmless(message.message))\(code)")]
    if let detail = message.detail { lines.append("    detail: \(harmless(detail))") }
    if let hint = message.hint { lines.append("    hint: \(harmless(hint))") }
    if let context = message.context { lines.append(style.muted("    context: \(harmless(context))")) }
    return lines
  }

  /// The line that an error points to, with a caret under the place.
  private func source(_ id: MigrationID, _ index: Int, _ message: ServerMessage) -> [String] {
    guard let character = message.statementPosition, let place = message.location?.position,
      let statement = statement(id, index)
    else { return [] }
    let scalars = Array(statement.text.unicodeScalars)
    let at = min(max(0, character - 1), scalars.count)
    let start = scalars[..<at].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    let end = scalars[at...].firstIndex(of: "\n") ?? scalars.count
    var line = String.UnicodeScalarView()
    // The statement may begin in the middle of its line.
    if start == 0 { line.append(contentsOf: repeatElement(" ", count: place.column - 1 - at)) }
    line.append(contentsOf: scalars[start..<end])
    return SourceExcerpt.lines(line: String(line), column: place.column).map { "  \($0)" }
  }

  private func statement(_ id: MigrationID, _ index: Int) -> Statement? {
    guard let step = steps[id],
      step.statements.indices.contains(index)
    else { return nil }
    return step.statements[index]
  }

  private func finish(_ outcome: MigrationOutcome, _ milliseconds: Double) -> String {
    let time = Duration.text(milliseconds: milliseconds)
    switch outcome {
    case .applied: return style.success("  applied in \(time)")
    case .rehearsed: return style.success("  rehearsed in \(time)")
    case .skipped: return style.warning("  left out whole; nothing of it stays")
    case .rolledBack(let message): return style.failure("  rolled back: \(harmless(message.message))")
    case .failed(_, let done):
      return style.failure("  failed; \(Self.stay(done)), the next apply goes on behind them")
    case .aborted(let done):
      return style.warning(done == 0 ? "  stopped and rolled back" : "  stopped; \(Self.stay(done))")
    }
  }

  private static func stay(_ statements: Int) -> String {
    statements == 1 ? "1 statement stays" : "\(statements) statements stay"
  }

  /// What a migration has done, object by object.
  private func results(of id: MigrationID, _ difference: SnapshotDifference) -> [String] {
    let results = ObjectResults(
      difference, of: steps[id]?.migration)
    let lines = ResultWording(results).lines
    if results.isUnchanged {
      let there = lines.count { $0.kind == .unchanged }
      guard there > 0 else { return [style.muted("  nothing in the catalog changed")] }
      let objects = there == 1 ? "1 object was" : "\(there) objects were"
      return [style.muted("  nothing changed: \(objects) there already, as it leaves them")]
    }
    return lines.map { line in
      let word = Text(foreign: line.outcome).padded(to: 15).string
      let detail = line.detail.isEmpty ? "" : style.muted("  \(harmless(line.detail))")
      switch line.kind {
      case .created: return "    \(style.success(word)) \(harmless(line.subject))\(detail)"
      case .altered: return "    \(style.warning(word)) \(harmless(line.subject))\(detail)"
      case .dropped: return "    \(style.failure(word)) \(harmless(line.subject))\(detail)"
      case .unchanged: return "    \(style.muted(word)) \(harmless(line.subject))\(detail)"
      }
    }
  }

  private func lines(of difference: SnapshotDifference) -> [String] {
    difference.added.map { style.success("    + \(harmless($0.identity.description))") }
      + difference.changed.map { style.warning("    ~ \(harmless($0.after.identity.description))") }
      + difference.removed.map { style.failure("    - \(harmless($0.identity.description))") }
  }

  /// A run says what widens; that is what somebody may have to answer for.
  private func lines(of change: AccessChange) -> [String] {
    change.sentences.filter { $0.direction == .widens }
      .flatMap(AccessSentenceText(style: style).lines)
  }

  private func describe(_ session: SessionDescription) -> String {
    let parts = [
      "pid \(session.pid)", session.user, session.application, session.address,
      session.seconds.map { Duration.text(milliseconds: $0 * 1_000) },
    ]
    return harmless(parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", "))
  }
}
