/// What the target's history says of one migration.
public struct HistoryEntry: Sendable, Hashable {
  /// The migration.
  public var id: MigrationID
  /// The checksum that it had when it ran.
  public var checksum: String
  /// How it ended.
  public var state: State
  /// When it was applied, in seconds since 1970, UTC.
  public var appliedAt: Double?
  /// How long it ran, in milliseconds.
  public var durationMilliseconds: Double?
  /// How many statements were done.
  public var statementsDone: Int
  /// How many statements it had.
  public var statementsTotal: Int
  /// What went wrong, if something did.
  public var error: String?
  /// The texts of its statements as they were when it ran; nil if the history has not kept them, or where nobody asked
  /// because the file is the one that ran.
  public var statements: [String]?

  /// Makes an entry from its parts.
  public init(
    id: MigrationID, checksum: String, state: State, appliedAt: Double? = nil,
    durationMilliseconds: Double? = nil,
    statementsDone: Int = 0, statementsTotal: Int = 0, error: String? = nil,
    statements: [String]? = nil
  ) {
    self.id = id
    self.checksum = checksum
    self.state = state
    self.appliedAt = appliedAt
    self.durationMilliseconds = durationMilliseconds
    self.statementsDone = statementsDone
    self.statementsTotal = statementsTotal
    self.error = error
    self.statements = statements
  }

  /// How a migration ended, as its history row says (`signalbox.migration.state`).
  public enum State: String, Sendable, Hashable, Codable {
    /// It ran and was committed.
    case applied
    /// It was recorded without being run.
    case adopted
    /// It began outside a transaction and has not ended.
    case running
    /// It ended with an error and left something behind.
    case failed
    /// It was taken back.
    case reverted
    /// The operator skipped it.
    case skipped
    /// Its file is gone for good, and an operator has settled that; the row is a trace.
    case retired
  }
}

/// The histories of a target: Signalbox's own and those of other tools.
public struct History: Sendable, Hashable {
  /// Whether the schema `signalbox` is there.
  public var isInstalled: Bool
  /// Signalbox's own rows for this project.
  public var entries: [MigrationID: HistoryEntry]
  /// What other tools recorded, by tool.
  public var others: [OtherHistory]
  /// The session that is at a migration at this moment; looked up only where a row says that one is under way.
  public var runInProgress: SessionDescription?

  /// Makes a history from its parts.
  public init(
    isInstalled: Bool = false, entries: [MigrationID: HistoryEntry] = [:], others: [OtherHistory] = []
  ) {
    self.isInstalled = isInstalled
    self.entries = entries
    self.others = others
  }
}

/// The migrations that another tool has recorded.
public struct OtherHistory: Sendable, Hashable {
  /// The tool (`supabase`, `prisma`, `flyway`, …).
  public var tool: String
  /// The table that it keeps, with its schema.
  public var table: String
  /// What it recorded, in its order.
  public var rows: [Row]

  /// Makes a history from its parts.
  public init(tool: String, table: String, rows: [Row]) {
    self.tool = tool
    self.table = table
    self.rows = rows
  }

  /// One migration as another tool recorded it.
  public struct Row: Sendable, Hashable {
    /// The version or name by which the tool knows it; later rows of one version take the place of earlier ones.
    public var version: String
    /// The name, where the tool keeps one.
    public var name: String?
    /// Whether the tool says that it is in.
    public var isApplied: Bool
    /// When, in seconds since 1970, UTC, where the tool keeps it.
    public var appliedAt: Double?
    /// The file's name, perhaps with folders before it, where the tool keeps it.
    public var script: String?
    /// Whether everything up to this version counts as in.
    public var coversEarlier: Bool
    /// What the tool computed of the file when it ran it.
    public var checksum: RecordedChecksum?
    /// The statements that ran, where the tool keeps them.
    public var statements: [String]?

    /// Makes a row from its parts.
    public init(
      version: String, name: String? = nil, isApplied: Bool = true, appliedAt: Double? = nil,
      script: String? = nil, coversEarlier: Bool = false, checksum: RecordedChecksum? = nil,
      statements: [String]? = nil
    ) {
      self.version = version
      self.name = name
      self.isApplied = isApplied
      self.appliedAt = appliedAt
      self.script = script
      self.coversEarlier = coversEarlier
      self.checksum = checksum
      self.statements = statements
    }
  }
}

/// What another tool computed of a file when it ran it.
public enum RecordedChecksum: Sendable, Hashable {
  /// SHA-256 in lower-case hex (Prisma, Drizzle).
  case sha256(String)
  /// SHA-384 in lower-case hex (sqlx).
  case sha384(String)
  /// SHA-1 in lower-case hex (Sqitch).
  case sha1(String)
  /// CRC-32 of the lines (Flyway).
  case crc32(Int32)
  /// SHA-256 in base64 of all files up to this one (Atlas).
  case atlas(String)
}
