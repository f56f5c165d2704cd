import Script

/// Finds out which migrations of a project the rows of another tool mean.
struct OtherHistoryMatch: Sendable {
  /// By migration: the tools that say that it is in.
  private(set) var tools: [MigrationID: [String]] = [:]
  /// By migration: what became of its file since a tool ran it, where the tool can tell; and which tool.
  private(set) var changes: [MigrationID: (change: FileChange, tool: String)] = [:]
  /// By migration: the row that means it; of several tools the last one's.
  private(set) var rows: [MigrationID: OtherHistory.Row] = [:]
  /// Rows of tools that know this project, for migrations that it does not have.
  private(set) var orphans: [(id: MigrationID, tool: String)] = []
  /// What Atlas computes, by migration; empty if no history is Atlas's.
  private let cumulativeDigests: [MigrationID: String]

  /// Matches the rows of other tools with the migrations of a project.
  init(_ histories: [OtherHistory], migrations: [Migration]) {
    let isCumulative = histories.contains { history in
      history.rows.contains { row in if case .atlas = row.checksum { true } else { false } }
    }
    cumulativeDigests = isCumulative ? CumulativeDigests.of(migrations) : [:]
    for history in histories { match(history, migrations: migrations) }
  }

  private mutating func match(_ history: OtherHistory, migrations: [Migration]) {
    var unmatched: [OtherHistory.Row] = []
    var isOurs = false
    var claimed: Set<MigrationID> = []
    for row in Self.latest(of: history.rows) where row.isApplied || row.coversEarlier {
      if row.coversEarlier, let latest = MigrationVersion(row.version) {
        // One that failed half-way is not in, but those before it are.
        let covered = migrations.filter { migration in
          guard let version = Self.version(of: migration) else { return false }
          return row.isApplied ? version.lies(from: nil, to: latest) : version < latest
        }
        for migration in covered { add(history.tool, to: migration.id) }
        isOurs = isOurs || !covered.isEmpty
        continue
      }
      let meant = Self.migrations(meantBy: row, among: migrations, notYet: claimed)
      claimed.formUnion(meant.map(\.id))
      if meant.isEmpty { unmatched.append(row) } else { isOurs = true }
      for migration in meant {
        add(history.tool, to: migration.id)
        rows[migration.id] = row
        if let change = change(of: migration, since: row, tool: history.tool) {
          changes[migration.id] = (change, history.tool)
        }
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

  private mutating func add(_ tool: String, to id: MigrationID) {
    if tools[id]?.contains(tool) != true { tools[id, default: []].append(tool) }
  }

  /// The last row of each version, in the order of the first ones: a retry or an undo adds a row.
  private static func latest(of rows: [OtherHistory.Row]) -> [OtherHistory.Row] {
    var places: [String: Int] = [:]
    var latest: [OtherHistory.Row] = []
    for row in rows {
      let key = row.version + "\u{0}" + (row.name ?? "")
      if let place = places[key] {
        latest[place] = row
      } else {
        places[key] = latest.count
        latest.append(row)
      }
    }
    return latest
  }

  /// The migrations that a row means: by its file's name, by id, by the version that the tool records; else by version,
  /// and of several with one version by name.
  private static func migrations(
    meantBy row: OtherHistory.Row, among migrations: [Migration], notYet claimed: Set<MigrationID>
  ) -> [Migration] {
    if let script = row.script.map(Path.lastName) {
      let named = migrations.filter { Path.lastName($0.file) == script || $0.id.rawValue == script }
      if let exact = named.first(where: { $0.file.hasSuffix(row.script ?? script) }) ?? named.first {
        return [exact]
      }
    }
    let name = Path.withoutEnding(row.version, ".sql") ?? row.version
    // Sqitch records a reworked change once more under its name: the rows stand in the order of the files.
    let exact = migrations.filter { $0.recordedVersion == row.version || $0.id.rawValue == name }
    if let next = exact.first(where: { !claimed.contains($0.id) }) ?? exact.first { return [next] }
    let version = MigrationVersion(row.version)
    let same = migrations.filter { migration in
      guard migration.recordedVersion == nil, !migration.version.isEmpty else { return false }
      if migration.version == row.version { return true }
      return version.map { MigrationVersion(migration.version)?.isSameValue(as: $0) ?? false } ?? false
    }
    guard same.count > 1, let name = row.name else { return same }
    let named = same.filter { words($0.name) == words(name) }
    return named.isEmpty ? same : named
  }

  /// A name as tools spell it differently: blanks for underscores.
  private static func words(_ name: String) -> [Substring] {
    name.split { $0 == "_" || $0 == " " || $0 == "-" }
  }

  private static func version(of migration: Migration) -> MigrationVersion? {
    let name = MigrationName(migration.id.rawValue).version
    return name.isEmpty ? MigrationVersion(migration.version) : name
  }

  /// What became of a migration's file since a tool ran it; nil if it is the one that ran, or the tool cannot tell.
  private func change(
    of migration: Migration, since row: OtherHistory.Row, tool: String
  ) -> FileChange? {
    guard let digests = migration.digests?.read else { return nil }
    if let statements = row.statements, !statements.isEmpty {
      let ran = FileDigests.squeezed(statements.joined(separator: "\n").utf8)
      if ran == digests.squeezed { return nil }
      // Some clients keep the whole file as one text.
      let single = statements.flatMap { ScriptParser.parse($0).statements.map(\.text) }
      return FileChange(ran: single, file: migration.script)
    }
    guard let checksum = row.checksum,
      digests.agree(with: checksum, cumulative: cumulativeDigests[migration.id]) == false
    else { return nil }
    return .unknown("\(tool)'s checksum is of another text")
  }
}
