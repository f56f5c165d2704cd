import Migrations
import Schema
import Verification

/// What the Verify screen asks of the target.
public enum VerifyRequest: Sendable, Hashable {
  /// Judge again: one migration, or with nil all of them and what belongs to none.
  case check(MigrationID?)

  var slot: String { "check" }
}

/// What the Verify screen is answered.
public enum VerifyAnswer: Sendable {
  /// What the checks found, and the catalog in which they looked.
  case checked([Finding], catalog: Snapshot)
}
