/// What stands around a look at the catalog that is sent as one message, so that it leaves the session as it was.
///
/// Outside a transaction the server takes the message as one transaction of its own, which the frame makes repeatable
/// read and read only: all queries see one moment, and an error leaves nothing open. Inside a transaction a savepoint
/// stands around the queries: going back to it restores every setting, and an error does not spoil the transaction.
struct LookFrame: Sendable {
  /// The statements before the look.
  let before: [String]
  /// The statements after it.
  let after: [String]

  /// - Parameter savepoint: the savepoint's name, unlikely to be one of a migration's own.
  init(isInTransaction: Bool, savepoint: String, lockTimeoutMilliseconds: Int) {
    guard isInTransaction else {
      before = [
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        "SELECT set_config('lock_timeout', '\(lockTimeoutMilliseconds)', true)",
      ]
      after = []
      return
    }
    before = ["SAVEPOINT \(savepoint)"]
    after = ["ROLLBACK TO SAVEPOINT \(savepoint)", "RELEASE SAVEPOINT \(savepoint)"]
  }

  /// What to send after an error, if anything.
  var recovery: String? { after.isEmpty ? nil : after.joined(separator: ";\n") }
}
