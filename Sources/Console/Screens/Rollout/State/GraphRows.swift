import Migrations

/// The rows of the graph pane: what the shown migration needs, itself, and what needs it; or the members of a phase, each
/// under what it needs in it.
struct GraphRows: Sendable, Hashable {
  let rows: [Row]
  /// Where the migration itself stands.
  let centre: Int
  /// The phase whose members they are; nil around a migration.
  let group: String?

  /// A migration below another, with the edge between them.
  struct Branch: Sendable, Hashable {
    var migration: MigrationID
    var requirement: Requirement
    /// Whether it is the last on its branch, for itself and each branch that it hangs on, the outermost first.
    var isLast: [Bool]
  }

  enum Row: Sendable, Hashable {
    /// Says what the rows below it are, with how many of them are straight requirements.
    case heading(String, count: Int?)
    case branch(Branch)
    case centre(MigrationID)
    /// A member of a phase that needs nothing in it.
    case root(MigrationID)

    /// The migration that the row names.
    var migration: MigrationID? {
      switch self {
      case .heading: nil
      case .branch(let branch): branch.migration
      case .centre(let id), .root(let id): id
      }
    }
  }

  /// The graph of a phase: each member hangs on the last of those that it needs in the phase.
  init(_ group: MigrationGroup, in graph: RequirementGraph) {
    let members = Set(group.migrations)
    let places = Dictionary(
      group.migrations.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var children: [MigrationID: [(MigrationID, Requirement)]] = [:]
    var roots: [MigrationID] = []
    for id in group.migrations {
      let inside = graph.requirements(of: id).filter { members.contains($0.to) && $0.to != id }
      // What stands later in the phase cannot be hung on: a cycle would have no beginning.
      let last = inside.filter { (places[$0.to] ?? 0) < (places[id] ?? 0) }
        .max { (places[$0.to] ?? 0) < (places[$1.to] ?? 0) }
      if let last {
        children[last.to, default: []].append((id, last))
      } else {
        roots.append(id)
      }
    }
    var rows: [Row] = [.heading(group.name, count: group.migrations.count)]
    // A long chain must not run out of stack, or of columns: from some depth on it goes straight down.
    var open: [(row: Row, path: [Bool])] = roots.reversed().map { (.root($0), []) }
    while let (row, path) = open.popLast() {
      rows.append(row)
      guard let id = row.migration, let below = children[id] else { continue }
      for (index, child) in below.enumerated().reversed() {
        let stem = path.count < Self.deepest ? path : Array(path.dropLast())
        let own = stem + [index == below.count - 1]
        open.append(
          (
            .branch(
              Branch(migration: child.0, requirement: child.1, isLast: own)), own
          ))
      }
    }
    self.group = group.name
    self.rows = rows
    centre = rows.count > 1 ? 1 : 0
  }

  private static let deepest = 8

  init(_ neighbourhood: RequirementNeighbourhood) {
    let needs = neighbourhood.needs
    let neededBy = neighbourhood.neededBy
    var rows: [Row] = [
      needs.isEmpty
        ? .heading("needs nothing", count: nil) : .heading("needs", count: neighbourhood.needsCount)
    ]
    rows += needs.map { .branch(Branch($0)) }
    group = nil
    centre = rows.count
    rows.append(.centre(neighbourhood.centre))
    rows.append(
      neededBy.isEmpty
        ? .heading("nothing needs it", count: nil)
        : .heading("needed by", count: neighbourhood.neededByCount))
    rows += neededBy.map { .branch(Branch($0)) }
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

extension GraphRows.Branch {
  fileprivate init(_ branch: RequirementNeighbourhood.Branch) {
    self.init(migration: branch.migration, requirement: branch.requirement, isLast: branch.isLast)
  }
}
