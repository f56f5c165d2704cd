extension Connection {
  /// Keeps the connection for the time of `body`: nobody else's statement comes between those of its lease.
  ///
  /// Callers are served in the order in which they came. A transaction that `body` leaves open stays open. Within `body`
  /// speak through the lease; the connection itself refuses, with code ``PostgresError/Code/misuse``, because it would
  /// wait for its own lease to end.
  @discardableResult
  public nonisolated func withLease<Value>(
    _ body: (LeasedConnection) async throws -> Value
  ) async throws -> Value {
    if LeaseScope.isHeld(of: self) {
      throw PostgresError(.misuse, "the connection is leased by this task already; speak through that lease")
    }
    if LeaseScope.ignoresCancellation {
      await leases.enterUnconditionally()
    } else {
      try await leases.enter()
    }
    defer { leases.leave() }
    let lease = Lease()
    defer { lease.end() }
    let holding = LeaseScope.Holding(connection: ObjectIdentifier(self), lease: lease)
    return try await LeaseScope.$holdings.withValue(LeaseScope.holdings + [holding]) {
      try await body(LeasedConnection(connection: self, lease: lease))
    }
  }

  /// Runs `body` so that its statements are sent and finished although the task is or becomes cancelled.
  ///
  /// For what must follow a cancellation, such as a ROLLBACK.
  @discardableResult
  public static nonisolated func ignoringCancellation<Value>(
    _ body: () async throws -> Value
  ) async rethrows -> Value {
    try await LeaseScope.$ignoresCancellation.withValue(true) { try await body() }
  }

  /// Runs `body` so that its statements, one at a time, are cancelled where the canceller is told to.
  public static nonisolated func cancellable<Value>(
    by canceller: StatementCanceller, _ body: () async throws -> Value
  ) async rethrows -> Value {
    try await LeaseScope.$canceller.withValue(canceller) { try await body() }
  }

  /// Waits for the turn of one statement and sees to its cancellation.
  nonisolated func withStatement<Value>(
    _ lease: Lease, _ body: (CancellationGate) async throws -> Value
  ) async throws -> Value {
    let ignoresCancellation = LeaseScope.ignoresCancellation
    if ignoresCancellation { await statements.enterUnconditionally() } else { try await statements.enter() }
    defer { statements.leave() }
    guard lease.isValid else { throw PostgresError(.misuse, "the lease has ended") }
    let gate = CancellationGate(cancelRequest)
    if ignoresCancellation { return try await body(gate) }
    let canceller = LeaseScope.canceller
    canceller?.attach(gate)
    defer { canceller?.detach() }
    return try await withTaskCancellationHandler {
      try await body(gate)
    } onCancel: {
      gate.request()
    }
  }
}

// Each of these is a lease of one statement.
extension Connection {
  /// Runs one statement over the extended protocol; its result holds all its rows.
  @discardableResult
  public nonisolated func query(_ sql: String, _ parameters: [Parameter] = []) async throws -> QueryResult {
    try await withLease { try await $0.query(sql, parameters) }
  }

  /// Runs any number of statements over the simple protocol: one implicit transaction, unless they say otherwise.
  @discardableResult
  public nonisolated func execute(_ sql: String) async throws -> [QueryResult] {
    try await withLease { try await $0.execute(sql) }
  }

  /// Runs one statement and hands over its rows as they come; rows may come before an error does.
  ///
  /// When `onRow` throws, the statement is cancelled and the error goes to the caller.
  @discardableResult
  public nonisolated func stream(
    _ sql: String, _ parameters: [Parameter] = [], _ onRow: (Row) throws -> Void
  ) async throws -> CommandTag {
    try await withLease { try await $0.stream(sql, parameters, onRow) }
  }

  /// Runs statements in one go, without waiting for the server between them, and gives the outcome of each.
  ///
  /// What stands between two Syncs is one implicit transaction: an error skips the rest of it. `onOutcome` hears each
  /// outcome as it comes, with the request's place; it must not block, and is not told what a lost connection leaves open.
  public nonisolated func pipeline(
    _ requests: [PipelineRequest], onOutcome: PipelineObserver? = nil
  ) async throws -> [Result<QueryResult, PostgresError>] {
    try await withLease { try await $0.pipeline(requests, onOutcome: onOutcome) }
  }

  /// Runs a `COPY … FROM STDIN` with the data given, in pieces of any size.
  ///
  /// When the data throws, or the task is cancelled, the COPY fails on the server.
  @discardableResult
  public nonisolated func copyIn<Data: AsyncSequence>(
    _ sql: String, data: Data
  ) async throws -> CommandTag where Data.Element == [UInt8] {
    try await withLease { try await $0.copyIn(sql, data: data) }
  }

  /// Runs a `COPY … FROM STDIN` with the data given, in pieces of any size.
  @discardableResult
  public nonisolated func copyIn(_ sql: String, data: some Sequence<[UInt8]>) async throws -> CommandTag {
    try await withLease { try await $0.copyIn(sql, data: data) }
  }

  /// Runs a `COPY … TO STDOUT` and hands over the data as it comes, a row of the format at a time.
  ///
  /// When `onChunk` throws, the COPY is cancelled and the error goes to the caller.
  @discardableResult
  public nonisolated func copyOut(
    _ sql: String, _ onChunk: ([UInt8]) throws -> Void
  ) async throws -> CommandTag {
    try await withLease { try await $0.copyOut(sql, onChunk) }
  }
}
