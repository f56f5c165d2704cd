/// One word for a migration on one target (DESIGN: words).
public enum MigrationState: String, Sendable, Hashable, Codable, CaseIterable {
  case applied
  case pending
  /// Some of its objects are there, some are not.
  case partial
  case failed
  /// It began outside a transaction and nobody saw its end.
  case interrupted
  /// The file is no longer what ran.
  case changed
  /// The history has it, the project does not.
  case missing
  case skipped
  case archived
  /// A baseline or later migrations have made it needless.
  case superseded
}

/// A migration on one target: its state and what each witness says.
public struct MigrationStatus: Sendable, Hashable {
  /// The migration.
  public var id: MigrationID
  /// The one word.
  public var state: MigrationState
  /// What the history table says, if it says anything.
  public var history: HistoryEntry?
  /// The other tools that say it is in.
  public var otherTools: [String]
  /// What the catalog says; nil if it was not asked.
  public var evidence: Evidence?
  /// What became of the file since it ran; nil if it is the one that ran.
  public var change: FileChange?
  /// Why this word, where the witnesses do not agree or there is something to know.
  public var note: String?

  /// Makes a status from its parts.
  public init(
    id: MigrationID, state: MigrationState, history: HistoryEntry? = nil, otherTools: [String] = [],
    evidence: Evidence? = nil, change: FileChange? = nil, note: String? = nil
  ) {
    self.id = id
    self.state = state
    self.history = history
    self.otherTools = otherTools
    self.evidence = evidence
    self.change = change
    self.note = note
  }
}
