public import Postgres
public import Schema

/// Tries statements out as other roles, in a transaction that is always rolled back.
///
/// Nothing that is done is ever committed: no row stays. What PostgreSQL does not undo is undone nowhere: numbers taken
/// from sequences stay taken. Triggers run, with all that they do inside the database; those that wait for the commit
/// do not.
public struct RolledBackSession: Sendable {
  /// What came of everything, in order.
  public struct Outcomes: Sendable {
    /// Of the statements that prepare.
    public var preparations: [RoleStatement.Outcome]
    /// Of the statements that are tried.
    public var trials: [RoleStatement.Outcome]
  }

  private let connection: Connection

  /// Works over this connection, which must not be in a transaction.
  public init(_ connection: Connection) { self.connection = connection }

  /// Runs the preparations, which build on each other, then each trial by itself.
  ///
  /// A preparation that fails leaves nothing behind and stops nothing. A trial sees what the preparations did, and
  /// nothing of other trials. A lock that is not free within `lockTimeout` seconds fails the statement that wants it.
  ///
  /// - Throws: ``PostgresError`` if the connection fails, or a transaction is open.
  public func run(
    preparing preparations: [RoleStatement], trying trials: [RoleStatement], lockTimeout: Double = 2
  ) async throws -> Outcomes {
    try await connection.withLease { lease in
      guard await lease.transactionStatus == .idle else {
        throw PostgresError(.misuse, "statements cannot be tried out in a transaction that is open already")
      }
      let milliseconds = max(1, Int(lockTimeout * 1000))
      try await lease.execute(
        "BEGIN READ WRITE; SET LOCAL lock_timeout = '\(milliseconds)ms'; SET LOCAL statement_timeout = '\(Self.longestStatement)s'"
      )
      do {
        var outcomes = Outcomes(preparations: [], trials: [])
        for preparation in preparations {
          outcomes.preparations.append(try await prepare(preparation, lease))
        }
        for start in stride(from: 0, to: trials.count, by: Self.trialsInOneGo) {
          let end = min(start + Self.trialsInOneGo, trials.count)
          outcomes.trials += try await attempt(Array(trials[start..<end]), lease)
        }
        try await rollBack(lease)
        return outcomes
      } catch {
        // The first error is the one to see; a connection that is lost has rolled back by itself.
        try? await rollBack(lease)
        throw error
      }
    }
  }

  private static let trialsInOneGo = 200
  /// After so many seconds a statement is given up, with what a trigger or policy does in it.
  private static let longestStatement = 30
  private static let savepoint = "signalbox_probe"

  private func rollBack(_ lease: LeasedConnection) async throws {
    _ = try await Connection.ignoringCancellation { try await lease.execute("ROLLBACK") }
  }

  private func prepare(
    _ statement: RoleStatement, _ lease: LeasedConnection
  ) async throws -> RoleStatement.Outcome {
    let requests = requests(for: statement)
    let results = try await lease.pipeline(requests)
    let outcome = try outcome(results)
    if case .rows = outcome {
      try await lease.execute("RELEASE SAVEPOINT \(Self.savepoint)")
    } else {
      try await lease.execute(
        "ROLLBACK TO SAVEPOINT \(Self.savepoint); RELEASE SAVEPOINT \(Self.savepoint)")
    }
    return outcome
  }

  private func attempt(
    _ trials: [RoleStatement], _ lease: LeasedConnection
  ) async throws -> [RoleStatement.Outcome] {
    var requests: [PipelineRequest] = []
    var spans: [Range<Int>] = []
    for trial in trials {
      let own = self.requests(for: trial)
      spans.append(requests.count..<requests.count + own.count)
      requests += own
      requests.append(PipelineRequest("ROLLBACK TO SAVEPOINT \(Self.savepoint)"))
      requests.append(PipelineRequest("RELEASE SAVEPOINT \(Self.savepoint)", synchronizes: true))
    }
    let results = try await lease.pipeline(requests)
    return try spans.map { try outcome(Array(results[$0])) }
  }

  /// The savepoint, the preparation, the role and its settings, and the statement with a Sync after it.
  private func requests(for statement: RoleStatement) -> [PipelineRequest] {
    var requests = [PipelineRequest("SAVEPOINT \(Self.savepoint)", synchronizes: true)]
    if let preparation = statement.preparation { requests.append(PipelineRequest(preparation)) }
    requests += statement.settings.map { setting in
      PipelineRequest("SELECT set_config($1, $2, true)", [.text(setting.name), .text(setting.value)])
    }
    if let role = statement.role {
      requests.append(PipelineRequest("SET LOCAL ROLE \(Identifier.alwaysQuoted(role))"))
    }
    requests.append(PipelineRequest(statement.sql, synchronizes: true))
    return requests
  }

  private func outcome(
    _ results: [Result<QueryResult, PostgresError>]
  ) throws(PostgresError) -> RoleStatement.Outcome {
    for (index, result) in results.enumerated() {
      switch result {
      case .success(let value):
        if index == results.count - 1 { return .rows(value.affectedRows ?? value.rows.count) }
      case .failure(let error):
        guard let report = error.report else { throw error }
        let failure = RoleStatement.Failure(
          sqlState: report.sqlState, message: report.message, routine: report.routine,
          context: report.context)
        return index == results.count - 1 ? .failure(failure) : .untried(failure)
      }
    }
    throw PostgresError(.unexpectedValue, "a statement that was tried out was not answered")
  }
}
