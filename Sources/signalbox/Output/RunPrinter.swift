import JSON
import Migrations
import Rollout

/// Prints the events of a run as they come, and asks the operator where the run waits.
struct RunPrinter: Sendable {
  let text: RunText
  let isJSON: Bool
  let asker: StepPrompt?
  private let writer = LineWriter()

  /// Makes a printer; with an asker somebody sits at the terminal and is waited for.
  init(text: RunText, isJSON: Bool, asker: StepPrompt?) {
    self.text = text
    self.isJSON = isJSON
    self.asker = asker
  }

  /// Prints one event.
  func print(_ event: RunEvent) {
    if let asker {
      // A question stands behind what it is about.
      for line in lines(for: event) { Output.standard(line) }
      ask(asker, event)
    } else {
      writer.write { lines(for: event) }
    }
  }

  private func lines(for event: RunEvent) -> [String] {
    isJSON ? [EventRecord(event).json.text] : text.lines(for: event)
  }

  private func ask(_ asker: StepPrompt, _ event: RunEvent) {
    if case .paused(let id, let statement, let reason) = event.kind {
      asker.ask(about: statement.map { text.excerpt(id, $0) }, reason: reason)
    }
  }

  /// Waits until everything stands on the terminal.
  func finish() async { await writer.flush() }
}
