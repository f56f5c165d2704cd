/// Where a connection stands between the statements of a transaction.
public enum TransactionStatus: String, Sendable, Hashable {
  /// No transaction is open.
  case idle
  /// A transaction is open and a statement can run in it.
  case inTransaction
  /// A transaction is open, has failed, and takes nothing but its end.
  case failed
  /// A statement is running.
  case active
  /// The connection is not usable.
  case unknown
}
