/// Finds out which migrations of a project the rows of another tool mean.
struct OtherHistoryMatch: Sendable {
  /// By migration: the tools that say that it is in.
  private(set) var tools: [MigrationID: [String]] = [:]
  /// Rows of tools that know this project, for migrations that it does not have.
  private(set) var orphans: [(id: MigrationID, tool: String)] = []

  /// Matches the rows of other tools with the migrations of a project.
  init(_ histories: [OtherHistory], migrations: [Migration]) {
    for history in histories {
      if history.tool == "golang-migrate" {
        matchLatest(history, migrations: migrations)
      } else {
        match(history, migrations: migrations)
      }
    }
  }

  /// golang-migrate keeps one row, the latest version: everything up to it is in.
  private mutating func matchLatest(_ history: OtherHistory, migrations: [Migration]) {
    guard let row = history.rows.last, row.isApplied, let latest = MigrationVersion(row.version) else {
      return
    }
    for migration in migrations where MigrationName(migration.id.rawValue).version.lies(from: nil, to: latest)
    {
      tools[migration.id, default: []].append(history.tool)
    }
  }

  private mutating func match(_ history: OtherHistory, migrations: [Migration]) {
    var unmatched: [OtherHistory.Row] = []
    var isOurs = false
    for row in history.rows where row.isApplied {
      let meant = Self.migrations(meantBy: row, among: migrations)
      if meant.isEmpty { unmatched.append(row) } else { isOurs = true }
      for id in meant where tools[id]?.last != history.tool {
        tools[id, default: []].append(history.tool)
      }
    }
    // A history that shares nothing with the project belongs to another project.
    guard isOurs else { return }
    for row in unmatched
    where MigrationVersion(row.version).map({ !$0.parts.allSatisfy { $0 == "0" } }) ?? true {
      let name = row.name.map { $0.isEmpty ? "" : "_" + $0 } ?? ""
      orphans.append((MigrationID(row.version + name), history.tool))
    }
  }

  /// The migrations that a row means: by id, else by version, and of several with one version by name.
  private static func migrations(
    meantBy row: OtherHistory.Row, among migrations: [Migration]
  ) -> [MigrationID] {
    if let exact = migrations.first(where: { $0.id.rawValue == row.version }) { return [exact.id] }
    let version = MigrationVersion(row.version)
    let same = migrations.filter { migration in
      guard !migration.version.isEmpty else { return false }
      if migration.version == row.version { return true }
      return version.map { MigrationVersion(migration.version)?.isSameValue(as: $0) ?? false } ?? false
    }
    guard same.count > 1, let name = row.name else { return same.map(\.id) }
    let named = same.filter { $0.name == name }
    return (named.isEmpty ? same : named).map(\.id)
  }
}
