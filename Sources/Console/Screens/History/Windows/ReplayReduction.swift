import Display
import Migrations
import Script

/// What keys and the clock do to a replay.
extension Reduction {
  mutating func showReplay(of log: RunLog) {
    guard state.screen == .history, state.overlays.isEmpty else { return }
    guard !log.events.isEmpty else {
      refuse("the history has no events of run \(log.run)")
      return
    }
    let model = state.model
    let overlay = ReplayOverlay(log, title: "Run \(log.run)") { id, index in
      model?.migration(id).flatMap { migration in
        let statements = migration.script.statements
        return statements.indices.contains(index) ? statements[index].text : nil
      }
    }
    state.overlays.append(.replay(overlay))
  }

  mutating func togglePlaying() { changeReplay { $0.toggle(now: $1) } }

  mutating func playOn() { changeReplay { $0.play(now: $1) } }

  mutating func changeReplaySpeed(_ direction: Int) {
    changeReplay { $0.changeSpeed(direction, now: $1) }
  }

  mutating func stepReplay(_ direction: Int) {
    changeReplay { overlay, _ in
      overlay.nextAt = nil
      overlay.cursor += direction
    }
  }

  mutating func goToNextTrouble() {
    changeReplay { overlay, _ in
      overlay.nextAt = nil
      let bad = overlay.steps.indices.filter { overlay.steps[$0].isBad }
      if let next = bad.first(where: { $0 > overlay.cursor }) ?? bad.first { overlay.cursor = next }
    }
  }

  /// Opens the step under the cursor as a whole.
  mutating func showWholeStep() {
    guard let replay = state.replay, let step = replay.current else { return }
    let columns = max(20, state.size.columns - 6)
    var lines = Line.wrapped(foreign: step.words, step.role, columns: columns)
    if let message = step.message {
      for (label, text) in [("detail", message.detail), ("hint", message.hint), ("context", message.context)]
      {
        if let text { lines += Line.wrapped(foreign: "\(label): \(text)", .muted, columns: columns) }
      }
    }
    lines += step.lines.flatMap { Line.wrapped(foreign: $0, columns: columns) }
    if let text = step.text { lines += [Line()] + Text.lines(foreign: text).map { Line($0) } }
    let place = [
      step.migration.map(\.rawValue), step.statement.map { "statement \($0 + 1)" },
    ].compactMap { $0 }
    state.overlays.append(
      .text(
        TextOverlay(
          title: "\((["run \(replay.run)"] + place).joined(separator: ", "))", lines: lines,
          copied: step.text ?? step.words)))
  }

  private mutating func changeReplay(_ change: (inout ReplayOverlay, Double) -> Void) {
    guard case .replay(var overlay) = state.overlays.last else { return }
    change(&overlay, now)
    state.overlays[state.overlays.count - 1] = .replay(overlay)
  }
}
