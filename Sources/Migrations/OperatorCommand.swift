/// What the operator tells a run.
public enum OperatorCommand: Sendable, Hashable {
  /// Run the next statement, then wait again.
  case next
  /// Run to the end of this migration, then wait again.
  case finishMigration
  /// Run on without waiting.
  case proceed
  /// Wait before the next statement.
  case pause
  /// Send the failed statement, or the migration that was rolled back, again.
  case retry
  /// Leave this statement out and go on (recorded in the history).
  case skip
  /// Leave this migration out whole, as far as it is in one transaction, and go on (recorded in the history).
  case skipMigration
  /// Commit although the verification found something missing (recorded in the history).
  case acceptUnverified
  /// Commit although roles reach more than was announced (recorded in the history).
  case acceptAccess
  /// Cancel what runs, roll back and end the run.
  case abort
  /// Wait before this statement of this migration.
  case setBreakpoint(MigrationID, statement: Int)
  /// Do not wait there any more.
  case clearBreakpoint(MigrationID, statement: Int)
}
