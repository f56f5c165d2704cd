extension StateJudge {
  /// The states of a project's migrations on a target, in the project's order, and those of migrations that only the
  /// histories know.
  ///
  /// A migration that only writes data, sets something, or whose objects later migrations took away leaves nothing to
  /// look up. Without a history its state follows its neighbours: it is taken as applied if a later migration is in
  /// (migrations run in order), or if it stands in the folder of applied migrations and the nearest migration before
  /// it in that folder that something speaks for is in. On an empty database neither holds, so it is pending. The
  /// note always says so.
  ///
  /// Where the project has baselines, `origin` tells how the database was built: what has no place in such a database
  /// is superseded, unless Signalbox's history says more of it.
  ///
  /// - Parameters:
  ///   - evidence: what the catalog says, by migration; empty if it was not asked.
  ///   - origin: how the database was, or will be, built.
  public static func statuses(
    of project: Project, history: History, evidence: [MigrationID: Evidence], origin: DatabaseOrigin = .files
  ) -> [MigrationStatus] {
    let others = OtherHistoryMatch(history.others, migrations: project.migrations)
    func status(_ migration: Migration, _ neighbour: NeighbourTestimony) -> MigrationStatus {
      self.status(
        of: migration, history: history.entries[migration.id], otherTools: others.tools[migration.id] ?? [],
        otherChange: others.changes[migration.id]?.change, evidence: evidence[migration.id],
        neighbour: neighbour)
    }
    var statuses = project.migrations.map { status($0, .nothing) }
    let speaks = statuses.map(isSpokenFor)
    let testimonies = neighbourTestimonies(of: project.migrations, statuses, speaks)
    for index in statuses.indices where !speaks[index] && project.migrations[index].isRunnable {
      statuses[index] = status(project.migrations[index], testimonies[index])
    }
    supersede(&statuses, of: project, origin)
    // Where each entry is one of a migration, and nobody knows others, none is missing.
    if others.orphans.isEmpty, statuses.count(where: { $0.history != nil }) == history.entries.count {
      return statuses
    }
    return statuses + missing(project: project, history: history, others: others)
  }

  private static func supersede(
    _ statuses: inout [MigrationStatus], of project: Project, _ origin: DatabaseOrigin
  ) {
    let baselines = Set(project.baselines.map(\.id))
    guard !baselines.isEmpty else { return }
    var covered: Set<MigrationID> = []
    if case .baseline(let id) = origin { covered = Set(project.migration(id)?.covers ?? []) }
    for (index, migration) in project.migrations.enumerated() where migration.isRunnable {
      let status = statuses[index]
      switch origin {
      case .baseline(let id) where id == migration.id:
        guard status.state == .partial, status.history == nil else { continue }
        statuses[index].note = joined([
          "it builds an empty database, and this one is not empty", status.note,
        ])
      case .baseline(let id) where covered.contains(migration.id) || baselines.contains(migration.id):
        guard status.history == nil || status.history?.state == .reverted else { continue }
        statuses[index].state = .superseded
        statuses[index].note = "\(id) makes what it makes"
      case .files where baselines.contains(migration.id):
        statuses[index].state = .superseded
        statuses[index].note =
          "it builds an empty database, and this one was built from the files that it covers"
      default: continue
      }
    }
  }

  /// Whether a history or the catalog says anything about it.
  private static func isSpokenFor(_ status: MigrationStatus) -> Bool {
    (status.history.map { $0.state != .retired } ?? false) || !status.otherTools.isEmpty
      || status.evidence.map { !$0.isInconclusive } ?? false
  }

  private static func neighbourTestimonies(
    of migrations: [Migration], _ statuses: [MigrationStatus], _ speaks: [Bool]
  ) -> [NeighbourTestimony] {
    var testimonies = Array(repeating: NeighbourTestimony.nothing, count: migrations.count)
    var earlierInFolder: MigrationStatus?
    for index in migrations.indices where migrations[index].place == .applied {
      if speaks[index] {
        earlierInFolder = statuses[index]
      } else if let earlierInFolder, isIn(earlierInFolder) {
        testimonies[index] = .folderApplied(earlierInFolder.id)
      }
    }
    var later: MigrationID?
    for index in migrations.indices.reversed() where migrations[index].isRunnable {
      if speaks[index], isIn(statuses[index]) {
        later = migrations[index].id
      } else if !speaks[index], let later {
        testimonies[index] = .laterApplied(later)
      }
    }
    return testimonies
  }

  private static func isIn(_ status: MigrationStatus) -> Bool {
    status.state == .applied || status.state == .changed
  }

  /// The migrations that histories have and the project has not.
  private static func missing(
    project: Project, history: History, others: OtherHistoryMatch
  ) -> [MigrationStatus] {
    let known = Set(project.migrations.map(\.id))
    var missing: [MigrationID: MigrationStatus] = [:]
    for entry in history.entries.values
    where !known.contains(entry.id) && entry.state != .reverted && entry.state != .retired {
      missing[entry.id] = MigrationStatus(
        id: entry.id, state: .missing, history: entry,
        note: "the history has it, the project has no such file")
    }
    for (id, tool) in others.orphans {
      if missing[id] != nil {
        missing[id]?.otherTools.append(tool)
      } else {
        missing[id] = MigrationStatus(
          id: id, state: .missing, otherTools: [tool],
          note: "\(tool) says that it is in, the project has no such file")
      }
    }
    return missing.values.sorted { MigrationID.precedes($0.id, $1.id) }
  }
}
