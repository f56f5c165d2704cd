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
  /// A statement has failed, and everything of this migration was rolled back.
  case failed(MigrationID, statement: Int?, ServerMessage)
  /// A migration was taken back.
  case reverted(MigrationID, milliseconds: Double)
  /// A rehearsal compares the catalog before the migration with that after its way back.
  case compared(MigrationID, SnapshotDifference)
  /// A rehearsal of an applied migration: what it had made and is still there after its way back.
  case left(MigrationID, [ObjectIdentity])
}
