/// Where a list stands: its cursor and the first row that is visible.
struct ListPosition: Sendable, Hashable {
  var cursor = 0
  var top = 0

  /// Moves the cursor, stopping at the ends.
  mutating func move(by rows: Int, count: Int) {
    cursor = min(max(0, cursor + rows), max(0, count - 1))
  }

  /// Brings the cursor into the list and the viewport around the cursor.
  mutating func settle(count: Int, height: Int) {
    cursor = min(max(0, cursor), max(0, count - 1))
    guard height > 0 else { return }
    if cursor < top { top = cursor }
    if cursor >= top + height { top = cursor - height + 1 }
    top = min(max(0, top), max(0, count - height))
  }
}
