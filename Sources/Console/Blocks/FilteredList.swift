/// One row of a list.
protocol ListItem: Sendable {
  associatedtype ID: Hashable & Sendable

  /// What tells it from others; the cursor stays on it while the list is read anew.
  var id: ID { get }
  /// What the filter searches.
  var searchText: String { get }
  /// Whether it heads the rows below it, up to the next that does: it is no match itself, and is shown with those below.
  var isHeading: Bool { get }
}

extension ListItem {
  var isHeading: Bool { false }
}

/// A list with a cursor, of which a filter can leave out rows; 100,000 rows cost a key what 10 do.
struct FilteredList<Item: ListItem>: Sendable {
  private(set) var items: [Item] = []
  /// Which of the items the filter leaves, in their order.
  private(set) var visible: [Int] = []
  private(set) var filter = ""
  /// How many items, headings not counted, the filter leaves, and how many there are.
  private(set) var matches = 0
  private(set) var total = 0
  var position = ListPosition()
  /// Made when somebody first types a filter.
  private var index: SearchIndex?

  var count: Int { visible.count }

  subscript(row: Int) -> Item { items[visible[row]] }

  /// The row under the cursor.
  var current: Item? { visible.indices.contains(position.cursor) ? self[position.cursor] : nil }

  /// Takes other rows; the cursor stays on the row that it is on, if that is still there, and begins on the first that
  /// is no heading.
  mutating func take(_ items: [Item]) {
    let held = current?.id
    self.items = items
    index = nil
    total = items.count { !$0.isHeading }
    leave(where: filter, among: nil)
    if let held {
      _ = select(held)
    } else {
      position.cursor = visible.firstIndex { !items[$0].isHeading } ?? 0
    }
    settleCursor()
  }

  /// Leaves only the rows that contain a text.
  mutating func setFilter(_ text: String) {
    let held = current.flatMap { $0.isHeading ? nil : $0.id }
    // What a longer text leaves is among what the shorter one left.
    let narrows = !filter.isEmpty && text.hasPrefix(filter)
    filter = text
    leave(where: text, among: narrows ? visible : nil)
    if held.map({ select($0) }) != true, !text.isEmpty {
      position.cursor = visible.firstIndex { !items[$0].isHeading } ?? 0
    }
    settleCursor()
  }

  /// Moves the cursor to a row; false if it is not shown.
  mutating func select(_ id: Item.ID) -> Bool {
    guard let row = visible.firstIndex(where: { items[$0].id == id }) else { return false }
    position.cursor = row
    return true
  }

  /// Moves the cursor to the next row that is no heading, around the ends.
  mutating func moveToMatch(_ direction: Int) {
    guard !visible.isEmpty else { return }
    for step in 1...visible.count {
      let row = ((position.cursor + step * direction) % count + count) % count
      if !self[row].isHeading {
        position.cursor = row
        return
      }
    }
  }

  private mutating func leave(where text: String, among candidates: [Int]?) {
    guard !text.isEmpty else {
      visible = Array(items.indices)
      matches = total
      return
    }
    let index = self.index ?? SearchIndex(items.lazy.map(\.searchText))
    self.index = index
    let wanted = Array(text.lowercased().utf8)
    var left: [Int] = []
    var heading: Int?
    matches = 0
    for item in candidates ?? Array(items.indices) {
      if items[item].isHeading {
        heading = item
      } else if index.contains(wanted, in: item) {
        if let heading { left.append(heading) }
        heading = nil
        left.append(item)
        matches += 1
      }
    }
    visible = left
  }

  private mutating func settleCursor() { position.move(by: 0, count: count) }
}
