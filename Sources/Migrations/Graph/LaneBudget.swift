/// Decides which edges of a drawing get a lane, so that it stays narrow enough to read.
///
/// Where more lanes would be open than allowed, the one is cut that nobody joins for the longest time; those that would
/// have joined it later name it in words instead.
struct LaneBudget {
  /// By migration: what it needs, joined by lanes.
  private(set) var joined: [MigrationID: [MigrationID]] = [:]
  /// By migration: what it needs, named in words.
  private(set) var distant: [MigrationID: [MigrationID]] = [:]

  /// Spends the budget on a drawing with one row for each migration, in this order.
  init(rows: [MigrationID], needs: [MigrationID: [MigrationID]], maximumLanes: Int) {
    let limit = max(1, maximumLanes)
    var dependents: [MigrationID: [Int]] = [:]
    for (row, id) in rows.enumerated() {
      for needed in needs[id] ?? [] { dependents[needed, default: []].append(row) }
    }
    /// The open lanes, each with the rows that are still to join it.
    var open: [(id: MigrationID, rows: ArraySlice<Int>)] = []
    for (row, id) in rows.enumerated() {
      for needed in needs[id] ?? [] {
        if open.contains(where: { $0.id == needed }) {
          joined[id, default: []].append(needed)
        } else {
          distant[id, default: []].append(needed)
        }
      }
      for index in open.indices where open[index].rows.first == row { open[index].rows.removeFirst() }
      open.removeAll { $0.rows.isEmpty }
      if let later = dependents[id] { open.append((id, later[...])) }
      while open.count > limit {
        let farthest = open.indices.max { (open[$0].rows.first ?? 0) < (open[$1].rows.first ?? 0) }
        if let farthest { open.remove(at: farthest) }
      }
    }
  }
}
