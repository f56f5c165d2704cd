import Migrations

/// The migrations that the operator chose, and those that come with them because they are needed.
struct Selection: Sendable, Hashable {
  private(set) var chosen: Set<MigrationID> = []
  /// What comes along, with the requirement that brings it.
  private(set) var comingAlong: [MigrationID: Requirement] = [:]

  var isEmpty: Bool { chosen.isEmpty }
  var count: Int { chosen.count + comingAlong.count }

  func contains(_ id: MigrationID) -> Bool { chosen.contains(id) || comingAlong[id] != nil }

  /// Chooses other migrations and works out what comes along: what they need, and what that needs, as far as it can
  /// still run.
  mutating func choose(
    _ ids: Set<MigrationID>, in model: ProjectModel, canRun: (MigrationID) -> Bool
  ) {
    chosen = ids
    comingAlong = [:]
    guard !ids.isEmpty else { return }
    for member in model.graph.closure(of: ids, unless: { !canRun($0) }) where !member.isSelected {
      comingAlong[member.id] = member.neededBy.first
    }
  }

  /// The chosen migrations in the project's order.
  func ordered(in model: ProjectModel) -> [MigrationID] {
    model.project.migrations.map(\.id).filter(chosen.contains)
  }
}
