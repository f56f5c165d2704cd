import Migrations
import Schema

/// Something that happens while migrations are taken back.
public enum RevertEvent: Sendable, Hashable {
  /// A migration is applied first, to rehearse the way back.
  case applying(MigrationID)
  /// Taking a migration back has begun.
  case started(MigrationID)
  /// A statement has ended well.
  case statementFinished(MigrationID, statement: Int, milliseconds: Double)
  /// A statement has failed; in a transaction, everything of this migration was rolled back.
  case failed(RevertFailure)
  /// The operator has stopped it; in a transaction, everything of this migration was rolled back.
  case stopped(MigrationID)
  /// How a migration's way back changes what roles reach.
  case accessChanged(MigrationID, AccessChange)
  /// It widens access beyond what was announced, and waits for an answer before the commit.
  case widened(MigrationID, [AccessChange.Cell])
  /// A migration was taken back.
  case reverted(MigrationID, milliseconds: Double)
  /// A rehearsal compares the catalog before the migration with that after its way back.
  case compared(MigrationID, SnapshotDifference)
  /// A rehearsal of an applied migration: what it had made and is still there after its way back.
  case left(MigrationID, [ObjectIdentity])
}

/// A statement that failed while a migration was taken back, or applied to rehearse its way back.
public struct RevertFailure: Sendable, Hashable {
  /// What was being done.
  public enum Part: Sendable, Hashable {
    /// The migration was applied, so that it could be taken back.
    case applying
    /// The migration was taken back.
    case reverting
  }

  /// The migration.
  public var migration: MigrationID
  /// What was being done with it.
  public var part: Part
  /// The number of the statement, from 0; nil if it was the check of deferred constraints, or the history.
  public var statement: Int?
  /// The statement's text, if it was one.
  public var text: String?
  /// What was said of it.
  public var message: ServerMessage
}
