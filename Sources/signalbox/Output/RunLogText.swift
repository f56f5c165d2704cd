import Display
import Migrations
import Report

/// `signalbox history --run` for people: what happened in a run, in order, and what it changed.
struct RunLogText {
  let style: TextStyle
  /// The text of a statement, where history or project still has it.
  let statement: (MigrationID, Int) -> String?

  /// The lines of the run.
  func lines(of run: RunRecord, events: [RecordedEvent], changes: [RecordedChanges]) -> [String] {
    let ending = HistoryText(style: style).ending(of: run)
    var lines = [
      "\(style.bold("Run \(run.id)"))  \(ending)  \(harmless(run.mode))  "
        + style.muted(
          harmless("\(Timestamp.text(of: run.startedAt))  \(run.operatorName) on \(run.host)"))
    ]
    var migration: MigrationID?
    for event in events {
      if let id = event.migration, id != migration {
        lines += ["", style.bold(harmless(id.rawValue))]
        migration = id
      }
      if case .statementStarted = event.content { continue }
      lines.append(line(of: event))
      lines += details(of: event)
    }
    for changes in changes.reversed() where !changes.isEmpty {
      lines += ["", "\(style.bold("Schema changes of \(harmless(changes.migration.rawValue))"))"]
      lines += changes.list.flatMap(self.lines)
    }
    return lines
  }

  private func line(of event: RecordedEvent) -> String {
    let clock = Timestamp.text(of: event.time).drop { $0 != "T" }.dropFirst().dropLast()
    let number = event.statement.map { "\($0 + 1)" } ?? ""
    let words = event.sentence { Duration.text(milliseconds: $0) }
    let line = Text(foreign: words).string
    let shown = event.isBad ? style.failure(line) : line
    var excerpt = ""
    if let id = event.migration, let index = event.statement, let text = statement(id, index),
      Self.hasExcerpt(event)
    {
      excerpt = "  " + style.muted(Text(foreign: text).clipped(to: 72).string)
    }
    let padding = String(repeating: " ", count: max(0, 4 - number.count))
    return "  \(style.muted(String(clock)))\(padding)\(number)  \(shown)\(excerpt)"
  }

  /// A notice stands with the statement that it came from, which is said in the line after it.
  private static func hasExcerpt(_ event: RecordedEvent) -> Bool {
    switch event.content {
    case .statementFinished, .statementFailed, .statementSkipped: true
    default: false
    }
  }

  private func details(of event: RecordedEvent) -> [String] {
    let indent = "                  "
    switch event.content {
    case .statementFailed(let message), .notice(let message):
      return [("detail", message.detail), ("hint", message.hint), ("context", message.context)]
        .compactMap { label, text in text.map { style.muted("\(indent)\(label): \(harmless($0))") } }
    case .verified(_, _, let missing):
      return missing.map { style.failure("\(indent)not as it should be: \(harmless($0))") }
    default: return []
    }
  }

  private func lines(of change: ObjectChange) -> [String] {
    switch change.kind {
    case .added: return [style.success("  + \(harmless(change.object))")]
    case .removed: return [style.failure("  - \(harmless(change.object))")]
    case .changed:
      var lines = [style.warning("  ~ \(harmless(change.object))")]
      if let before = change.before, let after = change.after {
        let difference = LineDifference(
          from: harmlessLines(before), to: harmlessLines(after), context: 0)
        for line in difference.lines {
          switch line.kind {
          case .removed: lines.append(style.failure("      - \(line.text)"))
          case .added: lines.append(style.success("      + \(line.text)"))
          case .kept, .gap: break
          }
        }
      }
      return lines
    }
  }
}
