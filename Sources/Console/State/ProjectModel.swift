import Migrations

/// The project as the console needs it: with indexes, so that no key press searches 10,000 migrations.
struct ProjectModel: Sendable {
  let project: Project
  let graph: RequirementGraph
  /// The phases, and behind them a group for each place whose migrations are in no phase.
  let groups: [MigrationGroup]
  /// Which migrations made which objects.
  let origins: ObjectOrigins
  private let places: [MigrationID: Int]

  init(project: Project, graph: RequirementGraph) {
    self.project = project
    self.graph = graph
    places = Dictionary(
      project.migrations.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    groups = Self.groups(of: project)
    origins = ObjectOrigins(project.migrations)
  }

  func migration(_ id: MigrationID) -> Migration? { places[id].map { project.migrations[$0] } }

  func contains(_ id: MigrationID) -> Bool { places[id] != nil }

  private static func groups(of project: Project) -> [MigrationGroup] {
    var groups = project.phases.map {
      MigrationGroup(name: $0.name, purpose: $0.purpose, migrations: $0.migrations, kind: .phase)
    }
    let grouped = Set(project.phases.flatMap(\.migrations))
    let rest = project.migrations.filter { !grouped.contains($0.id) }
    let places: [(Migration.Place, String)] = [
      (.active, "In no phase"), (.applied, "Applied, in no phase"), (.skipped, "Skipped"),
      (.archived, "Archived"),
    ]
    for (place, name) in places {
      let members = rest.filter { $0.place == place }.map(\.id)
      if !members.isEmpty {
        groups.append(
          MigrationGroup(name: name, migrations: members, kind: place == .active ? .phase : .place))
      }
    }
    return groups
  }
}

/// Migrations that stand together in the list.
struct MigrationGroup: Sendable, Hashable {
  var name: String
  var purpose: String?
  var migrations: [MigrationID]
  var kind: Kind

  enum Kind: Sendable, Hashable {
    /// Work to be done, counted.
    case phase
    /// Kept apart by the place of their files.
    case place
    /// In the history, but not in the project.
    case missing
  }
}
