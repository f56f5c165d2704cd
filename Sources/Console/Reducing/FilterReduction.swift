/// The filter of the screen that is shown.
extension Reduction {
  mutating func beginFilter() {
    state.isFiltering = true
    // The keys go to what is filtered.
    state.shown.setFilter(state.shown.filter(state)?.text ?? "", &self)
  }

  mutating func clearFilter() {
    state.isFiltering = false
    state.shown.setFilter("", &self)
  }
}
