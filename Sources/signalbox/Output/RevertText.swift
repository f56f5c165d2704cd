import Display
import Migrations
import Report
import Rollout
import Schema
import Script
import Verification

/// `signalbox revert` for people: what it will do, what it cannot restore, and what happens.
struct RevertText: Sendable {
  let plan: RevertPlan
  let isRehearsal: Bool
  let style: TextStyle

  /// More objects of one kind than this are counted.
  private static let namesShown = 8

  /// What taking one migration back will do.
  func lines(of forecast: RevertForecast) -> [String] {
    let file = plan.steps.first { $0.migration.id == forecast.migration }?.file ?? ""
    var lines = ["\(style.bold(harmless(forecast.migration.rawValue)))  \(style.muted(harmless(file)))"]
    func add(_ word: String, _ text: String, _ paint: (String) -> String) {
      if !text.isEmpty {
        lines.append("  \(paint(Text(foreign: word).padded(to: 14).string)) \(harmless(text))")
      }
    }
    add("takes away", Self.list(forecast.removed), style.failure)
    add("makes again", Self.list(forecast.restored), style.success)
    let rows = forecast.lostRows.map { loss in
      "\(loss.object)" + (loss.rows.map { " (about \(Int($0)) rows)" } ?? "")
    }
    add("lost for good", rows.joined(separator: ", "), style.failure)
    add("stays", Self.list(forecast.staying), style.warning)
    add("not restored", forecast.notRestored.joined(separator: ", "), style.warning)
    add("rows stay as", forecast.writtenRows.map { "\($0) left them" }.joined(separator: ", "), style.warning)
    if forecast.isComplete { lines.append(style.muted("  restores everything that its file shows")) }
    return lines
  }

  /// The lines for one event.
  func lines(for event: RevertEvent) -> [String] {
    switch event {
    case .applying(let id): return [style.muted("  applies \(harmless(id.rawValue))")]
    case .started(let id): return ["", style.bold(harmless(id.rawValue))]
    case .statementFinished(let id, let index, let milliseconds):
      return [
        "  \(style.success("✓")) \(excerpt(id, index)) \(style.muted(Duration.text(milliseconds: milliseconds)))"
      ]
    case .accessChanged(_, let change):
      return AccessChange(change.widenings).sentences.flatMap(AccessSentenceText(style: style).lines)
    case .widened(_, let cells):
      return [style.failure("  access widens beyond what was announced:")]
        + AccessChange(cells).sentences.flatMap(AccessSentenceText(style: style).lines)
    case .failed(let failure): return lines(of: failure)
    case .stopped(let id):
      return [
        style.warning(
          isRehearsal
            ? "  stopped at \(harmless(id.rawValue))" : "  stopped: \(asItWas(id, isLoose: isLoose(id)))")
      ]
    case .reverted(_, let milliseconds):
      return [
        style.success(
          "  \(isRehearsal ? "taken back" : "reverted") in \(Duration.text(milliseconds: milliseconds))")
      ]
    case .compared(let id, let difference):
      if difference.isEmpty {
        return [style.success("  \(harmless(id.rawValue)): the catalog is as it was before")]
      }
      return [style.failure("  \(harmless(id.rawValue)): the catalog is not as it was before")]
        + difference.added.map { style.success("    + \(harmless($0.identity.description))") }
        + difference.changed.map { style.warning("    ~ \(harmless($0.after.identity.description))") }
        + difference.removed.map { style.failure("    - \(harmless($0.identity.description))") }
    case .left(_, let objects):
      return objects.isEmpty
        ? [style.success("  nothing of what it made is left")]
        : [style.warning("  still there of what it made: \(harmless(Self.list(objects)))")]
    }
  }

  /// What failed, what was said of it, and how things stand now.
  private func lines(of failure: RevertFailure) -> [String] {
    let message = failure.message
    let place = message.location.map { "\($0): " } ?? ""
    var lines: [String] = []
    if let index = failure.statement, let text = failure.text {
      lines.append("  \(style.failure("✗")) \(excerpt(text, index))")
    }
    lines.append(style.failure("    \(harmless(place))\(harmless(message.message))"))
    if let detail = message.detail { lines.append("    detail: \(harmless(detail))") }
    if let hint = message.hint { lines.append("    hint: \(harmless(hint))") }
    let id = failure.migration
    switch (failure.part, isRehearsal) {
    case (.applying, _):
      let wasTakenBack = plan.applications.allSatisfy { $0.migration.id != id }
      lines.append(
        style.failure(
          wasTakenBack
            ? "  \(harmless(id.rawValue)) cannot be applied again after its way back"
            : "  \(harmless(id.rawValue)) cannot be applied, so there is no way back to prove"))
    case (.reverting, true):
      lines.append(style.failure("  \(harmless(id.rawValue)) cannot be taken back"))
    case (.reverting, false):
      let isLoose = isLoose(id)
      lines.append(style.failure("  \(isLoose ? "" : "rolled back: ")\(asItWas(id, isLoose: isLoose))"))
    }
    return lines
  }

  /// The last line: how it ended.
  func conclusion(_ outcome: RunOutcome, after failure: RevertFailure?) -> String {
    switch (outcome, isRehearsal) {
    case (.done, true): style.success("The way back is proven; nothing was changed.")
    case (.done, false): style.success("Done.")
    case (.failed, true):
      style.failure(
        failure == nil
          ? "The way back does not lead back; nothing was changed."
          : "The way back is not proven; nothing was changed.")
    case (.failed, false): style.failure("Failed.")
    case (.aborted, true): style.warning("Stopped; nothing was changed.")
    case (.aborted, false): style.warning("Stopped.")
    }
  }

  private func asItWas(_ id: MigrationID, isLoose: Bool) -> String {
    isLoose
      ? "what was done before stays: \(harmless(id.rawValue)) is not taken back as a whole"
      : "\(harmless(id.rawValue)) is as it was"
  }

  private func isLoose(_ id: MigrationID) -> Bool {
    plan.steps.contains { $0.migration.id == id && $0.mode != .single }
  }

  private func excerpt(_ id: MigrationID, _ index: Int) -> String {
    let statements = plan.steps.first { $0.migration.id == id }?.statements ?? []
    guard statements.indices.contains(index) else { return "statement \(index + 1)" }
    return excerpt(statements[index].text, index)
  }

  private func excerpt(_ text: String, _ index: Int) -> String {
    let number = Text(foreign: "\(index + 1)").padded(to: 3).string
    return "\(style.muted(number)) \(Text(foreign: text).clipped(to: 72).string)"
  }

  /// Objects by kind, by name where they are few.
  static func list(_ objects: [ObjectIdentity]) -> String {
    ObjectKind.allCases.compactMap { kind in
      let same = objects.filter { $0.kind == kind }
      guard !same.isEmpty else { return nil }
      if same.count > namesShown { return "\(same.count) of kind \(kind.rawValue)" }
      return same.map(\.description).joined(separator: ", ")
    }
    .joined(separator: ", ")
  }
}
