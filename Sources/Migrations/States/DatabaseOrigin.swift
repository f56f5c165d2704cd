/// How a database was, or will be, built where a project has baselines.
public enum DatabaseOrigin: Sendable, Hashable {
  /// From the files one by one; no baseline has a place there.
  case files
  /// From a baseline, and then from the files that it does not cover.
  case baseline(MigrationID)
}

extension Project {
  /// The baselines that can run, in order; of two for the same database the later covers more.
  public var baselines: [Migration] {
    migrations.indices.filter { migrations[$0].isBaseline && migrations[$0].isRunnable }.map {
      migrations[$0]
    }
  }

  /// The project as a database of this origin sees it: without the other baselines, and without what its own covers.
  public func seen(from origin: DatabaseOrigin) -> Project {
    var seen = self
    switch origin {
    case .files:
      seen.migrations.removeAll { $0.isRunnable && $0.isBaseline }
    case .baseline(let id):
      let covered = Set(migration(id)?.covers ?? [])
      seen.migrations.removeAll { covered.contains($0.id) || ($0.isRunnable && $0.isBaseline && $0.id != id) }
    }
    return seen
  }

  /// The origin that histories tell; nil if they tell none.
  ///
  /// A baseline that ran, or began to run, is one; so is any other migration that did.
  public func origin(in history: History) -> DatabaseOrigin? {
    let baselines = baselines
    let others = OtherHistoryMatch(history.others, migrations: migrations)
    func isIn(_ id: MigrationID) -> Bool {
      switch history.entries[id]?.state {
      case .applied, .adopted, .running, .failed: true
      case .reverted, .skipped, .retired, nil: others.tools[id] != nil
      }
    }
    if let baseline = baselines.last(where: { isIn($0.id) }) { return .baseline(baseline.id) }
    let isBaseline = Set(baselines.map(\.id))
    return migrations.indices.contains { place in
      !isBaseline.contains(migrations[place].id) && isIn(migrations[place].id)
    } ? .files : nil
  }
}
