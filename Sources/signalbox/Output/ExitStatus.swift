/// How the process ends (README: exit status).
enum ExitStatus: Int32, Sendable {
  case done = 0
  /// A migration, verification or lint failed.
  case failed = 1
  /// The command line or the project is wrong.
  case usage = 2
  /// No connection to the database.
  case noConnection = 3
  /// Migrations are pending (only with `--exit-code`).
  case pending = 4
  /// Another run holds the lock.
  case locked = 5
  /// Stopped by the operator.
  case stopped = 6
}

/// Something that ends a command: its exit status, what is wrong, and what to do next.
struct CommandFailure: Error, Sendable {
  /// How the process ends.
  var status: ExitStatus
  /// What is wrong.
  var message: String
  /// What to do next.
  var advice: String?

  /// Makes a failure from its parts.
  init(_ status: ExitStatus, _ message: String, advice: String? = nil) {
    self.status = status
    self.message = message
    self.advice = advice
  }
}
