/// What another tool's history says beside Signalbox's own, migration by migration.
public struct WitnessComparison: Sendable, Hashable {
  /// The tool (`supabase`, `prisma`, …).
  public var tool: String
  /// The table that it keeps, with its schema.
  public var table: String
  /// The migrations of which either history knows something, in the project's order; what the project does not have last.
  public var entries: [Entry]

  /// One migration as both see it.
  public struct Entry: Sendable, Hashable {
    /// The migration, by its id or by what the tool calls it.
    public var id: MigrationID
    /// Whether the tool says that it is in.
    public var theirs: Bool
    /// When, in seconds since 1970, where the tool keeps it.
    public var theirTime: Double?
    /// What Signalbox's own history says; nil if it has no row.
    public var ours: HistoryEntry?
    /// How the two agree.
    public var verdict: Verdict

    /// Makes an entry from its parts.
    public init(
      id: MigrationID, theirs: Bool, theirTime: Double? = nil, ours: HistoryEntry? = nil, verdict: Verdict
    ) {
      self.id = id
      self.theirs = theirs
      self.theirTime = theirTime
      self.ours = ours
      self.verdict = verdict
    }
  }

  /// Makes a comparison from its parts.
  public init(tool: String, table: String, entries: [Entry]) {
    self.tool = tool
    self.table = table
    self.entries = entries
  }

  /// How two histories agree about a migration.
  public enum Verdict: Sendable, Hashable {
    /// Both say that it is in.
    case agree
    /// Only the other tool says that it is in; Signalbox has no row.
    case onlyTheirs
    /// Only Signalbox says that it is in; the tool has no row.
    case onlyOurs
    /// Signalbox says something else, in words.
    case contradict(String)

    /// Whether somebody should look.
    public var isDisagreement: Bool { self != .agree }
  }

  /// How many entries disagree.
  public var disagreements: Int { entries.count { $0.verdict.isDisagreement } }

  /// Compares each other tool's history that knows the project with Signalbox's own.
  public static func all(of history: History, migrations: [Migration]) -> [WitnessComparison] {
    history.others.map { other in
      let match = OtherHistoryMatch([other], migrations: migrations)
      var entries: [Entry] = []
      for migration in migrations {
        let ours = history.entries[migration.id]
        let theirs = match.tools[migration.id] != nil
        guard
          let verdict = verdict(
            theirs: theirs, changed: match.changes[migration.id] != nil, ours, tool: other.tool)
        else { continue }
        entries.append(
          Entry(
            id: migration.id, theirs: theirs, theirTime: match.rows[migration.id]?.appliedAt, ours: ours,
            verdict: verdict))
      }
      for orphan in match.orphans {
        let words = "the project has no such migration"
        entries.append(
          Entry(
            id: orphan.id, theirs: true, ours: history.entries[orphan.id], verdict: .contradict(words)))
      }
      return WitnessComparison(tool: other.tool, table: other.table, entries: entries)
    }
  }

  private static func verdict(
    theirs: Bool, changed: Bool, _ ours: HistoryEntry?, tool: String
  ) -> Verdict? {
    guard let ours, ours.state != .retired else {
      if !theirs { return nil }
      return changed ? .contradict("\(tool) ran another text than the file has now") : .onlyTheirs
    }
    let isIn = ours.state == .applied || ours.state == .adopted
    switch (theirs, isIn) {
    case (true, true): return .agree
    case (true, false): return .contradict("Signalbox says \(ours.state.rawValue)")
    case (false, true): return .onlyOurs
    case (false, false): return nil
    }
  }
}
