import Migrations

/// The rows of the graph pane: what the shown migration needs, itself, and what needs it.
struct GraphRows: Sendable, Hashable {
  let rows: [Row]
  /// Where the migration itself stands.
  let centre: Int

  enum Row: Sendable, Hashable {
    /// Says what the rows below it are, with how many of them are straight requirements.
    case heading(String, count: Int?)
    case branch(RequirementNeighbourhood.Branch)
    case centre(MigrationID)

    /// The migration that the row names.
    var migration: MigrationID? {
      switch self {
      case .heading: nil
      case .branch(let branch): branch.migration
      case .centre(let id): id
      }
    }
  }

  init(_ neighbourhood: RequirementNeighbourhood) {
    let needs = neighbourhood.needs
    let neededBy = neighbourhood.neededBy
    var rows: [Row] = [
      needs.isEmpty
        ? .heading("needs nothing", count: nil) : .heading("needs", count: neighbourhood.needsCount)
    ]
    rows += needs.map(Row.branch)
    centre = rows.count
    rows.append(.centre(neighbourhood.centre))
    rows.append(
      neededBy.isEmpty
        ? .heading("nothing needs it", count: nil)
        : .heading("needed by", count: neighbourhood.neededByCount))
    rows += neededBy.map(Row.branch)
    self.rows = rows
  }

  /// The migration itself.
  var centreMigration: MigrationID? { rows[centre].migration }

  /// The row with a migration that is so far away, counted in rows that have one.
  func row(from start: Int, by distance: Int) -> Int {
    let able = rows.indices.filter { rows[$0].migration != nil }
    guard let place = able.firstIndex(of: start) else { return centre }
    return able[min(max(0, place + distance), able.count - 1)]
  }
}
