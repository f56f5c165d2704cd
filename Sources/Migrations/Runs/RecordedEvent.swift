/// Something that happened in a run, as the history remembers it.
///
/// What a newer Signalbox has written and this one does not know is ``Content/other``: it is shown by its name.
public struct RecordedEvent: Sendable, Hashable {
  /// Its place in the run, from 0.
  public var sequence: Int
  /// When it happened, in seconds since 1970, UTC.
  public var time: Double
  /// The word for what happened (`statement-finished`).
  public var kind: String
  /// The migration that it concerns.
  public var migration: MigrationID?
  /// The statement that it concerns, from 0.
  public var statement: Int?
  /// What is known of it.
  public var content: Content

  /// Makes an event from its parts.
  public init(
    sequence: Int, time: Double, kind: String, migration: MigrationID? = nil, statement: Int? = nil,
    content: Content
  ) {
    self.sequence = sequence
    self.time = time
    self.kind = kind
    self.migration = migration
    self.statement = statement
    self.content = content
  }

  /// What is known of an event, by its kind.
  public enum Content: Sendable, Hashable {
    /// The run began, in this mode, with so many migrations to do.
    case runStarted(mode: String, migrations: Int)
    /// Another session held the lock of the run.
    case waitingForRun(SessionDescription)
    /// A migration began; attempts count from 1.
    case migrationStarted(attempt: Int)
    /// A statement was sent.
    case statementStarted
    /// The server said something on the way.
    case notice(ServerMessage)
    /// A statement ended well.
    case statementFinished(milliseconds: Double, rows: Int?)
    /// A statement failed.
    case statementFailed(ServerMessage)
    /// The operator left a statement out.
    case statementSkipped
    /// Others held what the statement waited for.
    case blocked([SessionDescription])
    /// Others waited for locks of the run, or none did any more.
    case queued([SessionDescription])
    /// The run waited for the operator, for this reason.
    case paused(reason: String)
    /// What was looked up before the commit.
    case verified(found: Int, expected: Int, missing: [String])
    /// A migration ended.
    case migrationFinished(outcome: String, milliseconds: Double, because: ServerMessage?)
    /// The migration was rolled back and tried again.
    case retrying(attempt: Int, because: ServerMessage?)
    /// What the migration changed, by the words for the objects.
    case difference(added: [String], changed: [String], removed: [String])
    /// For how many objects, roles and commands the reach changed, and for how many it widened.
    case accessChanged(cells: Int, widened: Int)
    /// The run ended.
    case runFinished(outcome: String)
    /// Only the history was changed (`adopted`, `repaired`), or a migration taken back (`reverted`); for this reason.
    case amended(reason: String?)
    /// A kind of event that this version does not know.
    case other
  }

  /// Whether something went wrong.
  public var isBad: Bool {
    switch content {
    case .statementFailed, .retrying: true
    case .migrationFinished(let outcome, _, _): outcome != "applied" && outcome != "skipped"
    case .runFinished(let outcome): outcome != "done"
    case .verified(let found, let expected, _): found < expected
    default: false
    }
  }
}
