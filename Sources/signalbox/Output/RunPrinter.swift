import JSON
import Migrations
import Rollout

/// Prints the events of a run as they come, and asks the operator where the run waits.
struct RunPrinter: Sendable {
  let text: RunText
  let isJSON: Bool
  let asker: StepPrompt?

  /// Prints one event.
  func print(_ event: RunEvent) {
    if isJSON {
      Output.standard(EventRecord(event).json.text)
      return
    }
    for line in text.lines(for: event) { Output.standard(line) }
    if case .paused(let id, let statement, let reason) = event.kind {
      asker?.ask(about: statement.map { text.excerpt(id, $0) }, reason: reason)
    }
  }
}
