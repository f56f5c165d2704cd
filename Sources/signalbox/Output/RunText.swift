import Display
import Migrations
import Schema
import Script

/// The events of a run as lines of text, for `apply` without a console.
struct RunText {
  let plan: Plan
  let style: TextStyle

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
      return ["  \(style.failure("✗")) \(excerpt(id, index))"] + failure(message)
    case .statementSkipped(let id, let index):
      return ["  \(style.warning("–")) \(excerpt(id, index)) skipped"]
    case .blocked(_, _, let sessions):
      return sessions.map { style.warning("    waits for \(describe($0)): \(harmless($0.query ?? ""))") }
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
    case .difference(_, let difference):
      return lines(of: difference)
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
    guard let step = plan.steps.first(where: { $0.migration.id == id }),
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

  private func finish(_ outcome: MigrationOutcome, _ milliseconds: Double) -> String {
    let time = Duration.text(milliseconds: milliseconds)
    switch outcome {
    case .applied: return style.success("  applied in \(time)")
    case .rehearsed: return style.success("  rehearsed in \(time)")
    case .rolledBack(let message): return style.failure("  rolled back: \(harmless(message.message))")
    case .failed(_, let done):
      return style.failure("  failed; \(done) statements stay, the next apply goes on behind them")
    case .aborted(let done):
      return style.warning(done == 0 ? "  stopped and rolled back" : "  stopped; \(done) statements stay")
    }
  }

  private func lines(of difference: SnapshotDifference) -> [String] {
    difference.added.map { style.success("    + \(harmless($0.identity.description))") }
      + difference.changed.map { style.warning("    ~ \(harmless($0.after.identity.description))") }
      + difference.removed.map { style.failure("    - \(harmless($0.identity.description))") }
  }

  private func describe(_ session: SessionDescription) -> String {
    let parts = [
      "pid \(session.pid)", session.user, session.application, session.address,
      session.seconds.map { Duration.text(milliseconds: $0 * 1_000) },
    ]
    return harmless(parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", "))
  }
}
