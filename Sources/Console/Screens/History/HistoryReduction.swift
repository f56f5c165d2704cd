import Migrations

/// What keys and answers do on the History screen.
extension Reduction {
  /// Asks for the history unless what is there is still true.
  mutating func readHistory() {
    guard case .connected = state.connection else { return }
    guard state.history.facts == nil || state.history.isOutdated, !state.isAwaiting(HistoryScreen.slot) else {
      return
    }
    load(.history(.read))
  }

  mutating func takeHistory(_ facts: HistoryFacts) {
    state.history.facts = facts
    state.history.isOutdated = false
    state.history.trouble = nil
    rebuildHistory()
  }

  /// Shows another list, with the cursor at its beginning.
  mutating func showHistoryList(_ list: HistoryList) {
    guard list != state.history.shown else { return }
    state.history.shown = list
    state.history.list = FilteredList()
    state.history.panes.focus = .list
    rebuildHistory()
  }

  /// Moves the cursor to a row; false if there is none.
  mutating func selectInHistory(_ isWanted: (HistoryRow) -> Bool) -> Bool {
    guard let row = state.history.list.items.first(where: isWanted) else { return false }
    if !state.history.list.filter.isEmpty { state.history.list.setFilter("") }
    state.history.panes.focus = .list
    return state.history.list.select(row.id)
  }

  mutating func askForReplay() {
    if let run = state.history.currentRun { load(.history(.replay(run: run.id))) }
  }

  private mutating func rebuildHistory() {
    state.history.rebuild(now: now, secondsFromUTC: state.options.secondsFromUTC)
  }
}
