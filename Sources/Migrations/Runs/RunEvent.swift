import Schema
import Script

/// Something that happened in a run.
public struct RunEvent: Sendable, Hashable {
  /// Its place in the run, from 0.
  public var sequence: Int
  /// When it happened, in seconds since 1970, UTC.
  public var time: Double
  /// What happened.
  public var kind: Kind

  /// Makes an event from its parts.
  public init(sequence: Int, time: Double, kind: Kind) {
    self.sequence = sequence
    self.time = time
    self.kind = kind
  }

  /// The things that can happen in a run.
  public enum Kind: Sendable, Hashable {
    /// The run has begun, with so many migrations to do.
    case runStarted(run: Int64, mode: RunMode, migrations: [MigrationID])
    /// Another session runs on this database; this one waits.
    case waitingForRun(holder: SessionDescription)
    /// A migration has begun; `attempt` counts from 1.
    case migrationStarted(MigrationID, attempt: Int)
    /// A statement was sent.
    case statementStarted(MigrationID, statement: Int)
    /// The server said something on the way.
    case notice(MigrationID?, statement: Int?, ServerMessage)
    /// A statement has ended well.
    case statementFinished(MigrationID, statement: Int, milliseconds: Double, rows: Int?)
    /// A statement has failed.
    case statementFailed(MigrationID, statement: Int, ServerMessage)
    /// The operator skipped a statement.
    case statementSkipped(MigrationID, statement: Int)
    /// Other sessions hold what the statement waits for.
    case blocked(MigrationID, statement: Int, by: [SessionDescription])
    /// Other sessions wait for locks that the run holds or waits for; an empty list when none does any more.
    case queued(MigrationID, statement: Int, behind: [SessionDescription])
    /// The run waits for the operator; `statement` is the next to be sent, nil between migrations.
    case paused(MigrationID, statement: Int?, PauseReason)
    /// The evidence was looked up before the commit.
    case verified(MigrationID, Evidence)
    /// A migration has ended.
    case migrationFinished(MigrationID, MigrationOutcome, milliseconds: Double)
    /// The transaction was rolled back whole, and the migration is tried again after a pause.
    case retrying(MigrationID, attempt: Int, afterMilliseconds: Double, ServerMessage)
    /// A dry run shows what the migration would have changed, before it is rolled back.
    case difference(MigrationID, SnapshotDifference)
    /// Before the commit it was looked up who reaches what now; not emitted where nothing changes.
    case accessChanged(MigrationID, AccessChange)
    /// The run has ended.
    case runFinished(RunOutcome)
  }
}

/// How a run treats its migrations.
public enum RunMode: String, Sendable, Hashable, Codable {
  /// Runs without stopping.
  case straight
  /// Waits for the operator before every statement.
  case step
  /// Runs, verifies, shows the difference and rolls everything back.
  case dryRun = "dry-run"
}

/// Why a run waits for the operator.
public enum PauseReason: Sendable, Hashable {
  /// The run is in step mode.
  case step
  /// The operator put a breakpoint here.
  case breakpoint
  /// The operator asked for it.
  case requested
  /// The statement failed.
  case failure(ServerMessage)
  /// The verification before the commit found something missing.
  case unverified(Evidence)
  /// The migration lets roles reach more than was announced before the run.
  case widened([AccessChange.Cell])
}

/// How a migration ended.
public enum MigrationOutcome: Sendable, Hashable {
  /// It was committed, with its history row.
  case applied
  /// A dry run, rolled back as announced.
  case rehearsed
  /// It failed, and was rolled back whole.
  case rolledBack(ServerMessage)
  /// It failed outside a transaction; so many statements stay.
  case failed(ServerMessage, statementsDone: Int)
  /// The operator left it out; what it had done was rolled back whole.
  case skipped
  /// The operator stopped it; rolled back whole, unless statements stay.
  case aborted(statementsDone: Int)
}

/// How a run ended.
public enum RunOutcome: String, Sendable, Hashable, Codable {
  /// All migrations were applied.
  case done
  /// One failed.
  case failed
  /// The operator stopped it.
  case aborted
}

/// A message of the server: an error or a notice, with all its fields (PostgreSQL documentation, 55.8).
public struct ServerMessage: Sendable, Hashable {
  /// `ERROR`, `NOTICE`, `WARNING`, …, not localised.
  public var severity: String
  /// The SQLSTATE.
  public var code: String
  /// The message.
  public var message: String
  /// More about it.
  public var detail: String?
  /// What to do about it.
  public var hint: String?
  /// The call stack in the server's words.
  public var context: String?
  /// The character in the statement that it points to, from 1.
  public var statementPosition: Int?
  /// The place in the file that it points to.
  public var location: FileLocation?

  /// Makes a message from its parts.
  public init(
    severity: String, code: String, message: String, detail: String? = nil, hint: String? = nil,
    context: String? = nil, statementPosition: Int? = nil, location: FileLocation? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.detail = detail
    self.hint = hint
    self.context = context
    self.statementPosition = statementPosition
    self.location = location
  }
}

/// A session of the server, as another sees it.
public struct SessionDescription: Sendable, Hashable {
  /// Its process number.
  public var pid: Int32
  /// Its role.
  public var user: String?
  /// What it calls itself.
  public var application: String?
  /// Its address, or nil for a local socket.
  public var address: String?
  /// What it runs or ran last.
  public var query: String?
  /// How long it has been doing that, in seconds.
  public var seconds: Double?

  /// Makes a description from its parts.
  public init(
    pid: Int32, user: String? = nil, application: String? = nil, address: String? = nil, query: String? = nil,
    seconds: Double? = nil
  ) {
    self.pid = pid
    self.user = user
    self.application = application
    self.address = address
    self.query = query
    self.seconds = seconds
  }
}
