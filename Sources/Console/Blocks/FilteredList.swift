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
  /// The headings whose rows are put away while there is no filter.
  private(set) var folded: Set<Item.ID> = []
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
    if held.map({ select($0) }) != true {
      if !text.isEmpty {
        position.cursor = visible.firstIndex { !items[$0].isHeading } ?? 0
      } else if let heading = held.flatMap({ heading(of: $0) }) {
        _ = select(heading)
      }
    }
    settleCursor()
  }

  /// Puts the rows of a heading away, or shows them again.
  mutating func fold(_ headings: Set<Item.ID>, _ isFolded: Bool) {
    let held = current?.id
    if isFolded { folded.formUnion(headings) } else { folded.subtract(headings) }
    leave(where: filter, among: nil)
    if let held, !select(held), let heading = heading(of: held) { _ = select(heading) }
    settleCursor()
  }

  /// The heading over a row, or the heading itself.
  func heading(of id: Item.ID) -> Item.ID? {
    guard let place = items.firstIndex(where: { $0.id == id }) else { return nil }
    return items[...place].last { $0.isHeading }?.id
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
      visible = unfolded
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

  /// The rows whose headings are not folded, and all headings.
  private var unfolded: [Int] {
    guard !folded.isEmpty else { return Array(items.indices) }
    var isFolded = false
    return items.indices.filter { index in
      guard items[index].isHeading else { return !isFolded }
      isFolded = folded.contains(items[index].id)
      return true
    }
  }

  private mutating func settleCursor() { position.move(by: 0, count: count) }
}
