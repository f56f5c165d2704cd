import Migrations

/// The list of phases and migrations: what is folded, what the filter leaves, and where the cursor is.
struct PhaseList: Sendable {
  private(set) var groups: [MigrationGroup] = []
  private(set) var rows: [Row] = []
  var position = ListPosition()
  /// The names of the groups that are folded.
  var folded: Set<String> = []
  /// What the names must contain; empty for no filter.
  private(set) var filter = ""
  /// How many migrations the filter leaves.
  private(set) var matches = 0
  /// The characters of the longest name that is shown.
  private(set) var nameColumns = 0
  private var places: [MigrationID: Int] = [:]

  enum Row: Sendable, Hashable {
    case group(Int)
    case migration(MigrationID, group: Int)
  }

  var cursorRow: Row? { rows.indices.contains(position.cursor) ? rows[position.cursor] : nil }

  /// The migration under the cursor.
  var cursorMigration: MigrationID? {
    if case .migration(let id, _) = cursorRow { id } else { nil }
  }

  /// The group under the cursor, or that of the migration there.
  var cursorGroup: Int? {
    switch cursorRow {
    case .group(let index), .migration(_, group: let index): index
    case nil: nil
    }
  }

  func isFolded(_ group: Int) -> Bool { filter.isEmpty && folded.contains(groups[group].name) }

  /// Takes other groups, keeping the cursor where it was as far as that row is still there.
  mutating func take(_ groups: [MigrationGroup]) {
    self.groups = groups
    rebuild()
  }

  /// Leaves only the migrations whose names contain a text.
  mutating func setFilter(_ text: String) {
    let held = cursorMigration
    filter = text
    rebuild()
    if text.isEmpty {
      if let held { reveal(held) }
    } else if cursorMigration == nil {
      // The first match, not the phase above it, is what somebody who types a name is after.
      moveToMigration(direction: 1)
    }
  }

  /// Makes the rows anew after something that shows or hides some.
  mutating func rebuild() {
    let held = cursorRow
    let wanted = filter.lowercased()
    rows.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    matches = 0
    nameColumns = 0
    for (index, group) in groups.enumerated() {
      let members =
        wanted.isEmpty
        ? group.migrations : group.migrations.filter { $0.rawValue.lowercased().contains(wanted) }
      if members.isEmpty, !wanted.isEmpty { continue }
      matches += members.count
      rows.append(.group(index))
      if isFolded(index) { continue }
      for id in members {
        places[id] = rows.count
        nameColumns = max(nameColumns, id.rawValue.count)
        rows.append(.migration(id, group: index))
      }
    }
    if let held { restore(held) }
    position.move(by: 0, count: rows.count)
  }

  /// Moves the cursor to a migration, opening its group.
  mutating func reveal(_ id: MigrationID) {
    if places[id] == nil, let group = groups.first(where: { $0.migrations.contains(id) }),
      folded.remove(group.name) != nil
    {
      rebuild()
    }
    if let row = places[id] { position.cursor = row }
  }

  /// Moves the cursor to the next migration in a direction, around the ends.
  mutating func moveToMigration(direction: Int) {
    guard !rows.isEmpty else { return }
    for step in 1...rows.count {
      let index = ((position.cursor + step * direction) % rows.count + rows.count) % rows.count
      if case .migration = rows[index] {
        position.cursor = index
        return
      }
    }
  }

  private mutating func restore(_ row: Row) {
    switch row {
    case .migration(let id, let group):
      if let place = places[id] {
        position.cursor = place
      } else {
        restore(.group(group))
      }
    case .group(let group):
      if let place = rows.firstIndex(of: .group(group)) { position.cursor = place }
    }
  }
}
