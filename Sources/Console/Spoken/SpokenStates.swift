import Migrations

extension ConsoleState {
  /// The migrations that can be chosen by number, in the project's order; none where a number could be taken for a version.
  var numberedMigrations: [MigrationID] {
    guard let project = model?.project else { return [] }
    let open = project.migrations.map(\.id).filter { statuses.state(of: $0)?.canRun == true }
    let versions = Set(project.migrations.map(\.version))
    return (1...max(1, open.count)).contains { versions.contains("\($0)") } ? [] : open
  }

  /// Where every migration stands: what can run with its number, the rest by phase.
  var spokenStates: [String] {
    guard let model else { return [] }
    let open = model.project.migrations.map(\.id).filter { statuses.state(of: $0)?.canRun == true }
    let rows = open.map { id -> String in
      var row = "\(id), \(statuses.state(of: id)?.rawValue ?? "unknown")"
      if let evidence = statuses[id]?.evidence, !evidence.isInconclusive {
        row += ", \(evidence.found) of \(evidence.expected) objects found"
      }
      if rollout.selection.contains(id) { row += ", chosen" }
      return row
    }
    return rows
  }

  /// The phases with their sums.
  var spokenPhases: [String] {
    (model?.groups ?? []).map { group in
      let states = Dictionary(grouping: group.migrations) { statuses.state(of: $0) }
      let sums = MigrationState.allCases.compactMap { kind in
        states[kind].map { "\($0.count) \(kind.rawValue)" }
      }
      return "\(group.name): \(sums.joined(separator: ", "))"
    }
  }
}
