/// The filter over the list.
extension Reduction {
  mutating func beginFilter() {
    state.isFiltering = true
    state.focus = .phases
  }

  mutating func clearFilter() {
    state.isFiltering = false
    let id = state.list.cursorMigration
    state.list.filter = ""
    state.list.rebuild()
    if let id { state.list.reveal(id) }
  }

  mutating func moveToMatch(_ direction: Int) {
    stopFollowing()
    state.list.moveToMigration(direction: direction)
  }
}
