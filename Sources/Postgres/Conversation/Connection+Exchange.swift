import Threads

/// The driver: does what the conversation says and tells it what came of it.
extension Connection {
  /// Hands one statement to libpq and begins the exchange.
  func begin(
    _ form: StatementForm, gate: CancellationGate?, onOutcome: PipelineObserver? = nil
  ) throws(PostgresError) {
    let libpq = try open()
    let statement = form.statement
    try form.validate()
    if gate?.isRequestedBeforeSend == true {
      throw PostgresError(.cancelled, "cancelled before it was sent", statement: statement)
    }
    stopIdleWatch()
    let isTaken =
      switch form {
      case .script(let sql): libpq.sendScript(sql)
      case .query(let sql, let parameters): libpq.send(sql, parameters)
      case .rows(let sql, let parameters): libpq.send(sql, parameters) && libpq.setSingleRowMode()
      case .pipeline: libpq.enterPipeline()
      }
    guard isTaken else { throw lose(nil, libpq.errorMessage, statement: statement) }
    exchange = Exchange(statement: statement, gate: gate, requests: form.requests, onOutcome: onOutcome)
    noteSign()
    gate?.sent()
  }

  /// Goes on until the exchange ends, or COPY begins, or, if asked to, until there are rows for the caller.
  ///
  /// Returns nil when it stopped for rows.
  func advance(untilRows: Bool = false) async -> Conversation.Ending? {
    while let exchange, let libpq {
      switch exchange.action {
      case .finish(let ending): return ending
      case .wait(let interest):
        if untilRows, !exchange.rows.isEmpty { return nil }
        guard let readiness = await wait(for: interest, exchange, libpq) else { return .lost }
        exchange.proceed(.ready(readiness))
      case .send:
        guard let event = send(exchange, libpq) else { return .lost }
        exchange.proceed(event)
      case .flush: exchange.proceed(.flushed(libpq.flush()))
      case .consume:
        noteSign()
        exchange.proceed(.consumed(libpq.consumeInput()))
      case .checkBusy: exchange.proceed(.busy(libpq.isBusy))
      case .fetch:
        exchange.fetched = libpq.nextResult()
        exchange.proceed(.fetched(exchange.fetched?.kind, lost: libpq.isBad))
      case .deliver:
        exchange.takeFetched(connectionIsBad: libpq.isBad)
        exchange.proceed(.delivered)
      case .endRequest:
        exchange.endRequest()
        exchange.proceed(.delivered)
      }
      // To look for messages is to read on, into what the next request of a pipeline gives: its notices come after the
      // outcome of the one before.
      if exchange.action != .endRequest { takeMessages() }
      if untilRows, exchange.rows.count >= Self.rowBatch { return nil }
    }
    return .lost
  }

  /// How many rows are gathered at most before the caller gets them.
  private static let rowBatch = 256

  /// Waits on the socket; nil when the wait was broken off, because the statement can be neither ended nor awaited.
  func wait(for interest: Interest, _ exchange: Exchange, _ libpq: LibpqConnection) async -> Interest? {
    if let readiness = BriefWait.readiness(for: interest, on: libpq.socket) { return readiness }
    let outcome = await ReadinessThread.shared.wait(
      for: interest, on: libpq.socket, interruption: exchange.gate?.interruption)
    if case .ready(let readiness) = outcome { return readiness }
    return nil
  }

  private func send(_ exchange: Exchange, _ libpq: LibpqConnection) -> Conversation.Event? {
    let request = exchange.requests[exchange.sentRequests]
    let isTaken =
      switch request.form {
      case .plain: libpq.send(request.sql, request.parameters)
      case .preparation(let name, let types): libpq.prepare(name, request.sql, types)
      case .prepared(let name): libpq.send(request.sql, request.parameters, preparedAs: name)
      }
    guard isTaken else { return nil }
    if request.flushes, !libpq.requestFlush() { return nil }
    exchange.sentRequests += 1
    let synchronizes = request.synchronizes || exchange.sentRequests == exchange.requests.count
    if synchronizes, !libpq.synchronizePipeline() { return nil }
    return .sent(bytes: request.size, synchronizes: synchronizes)
  }

  /// Ends the exchange: waits for a cancel request under way, makes sure of the connection, and hands over what came.
  func finish(_ exchange: Exchange, _ ending: Conversation.Ending) async {
    if ending == .complete, libpq?.isBad == false {
      await settle(exchange, await exchange.gate?.settle() ?? .notSent)
    } else {
      // A late request to cancel finds nothing any more: nobody need wait for it.
      let cancellation = exchange.gate?.end() ?? .notSent
      exchange.error = lose(
        exchange, givenUp ?? Self.reason(cancellation) ?? libpq?.errorMessage ?? "the connection is gone")
    }
    self.exchange = nil
    watchWhileIdle()
  }

  /// Makes sure that what follows a statement that has ended is not hit by what was sent to cancel it.
  private func settle(_ exchange: Exchange, _ cancellation: CancelOutcome) async {
    if exchange.isPipeline, libpq?.exitPipeline() != true {
      exchange.error = lose(exchange, libpq?.errorMessage ?? "the connection is gone")
      return
    }
    switch cancellation {
    case .notSent, .failed: break
    case .reachedServer:
      if let late = await drain(exchange) { exchange.error = exchange.error ?? late }
    // The statement is through, with the outcome that it has; the connection cannot be trusted any more.
    case .unanswered: _ = lose(nil, givenUp ?? Self.reason(cancellation) ?? "")
    }
  }

  private static func reason(_ cancellation: CancelOutcome) -> String? {
    switch cancellation {
    case .notSent, .reachedServer: nil
    case .failed(let reason): "the statement could not be cancelled: \(reason)"
    case .unanswered: "the server did not answer the request to cancel the statement"
    }
  }

  /// Runs an empty statement, which absorbs a cancel request that a proxy delivers late; returns what it met.
  private func drain(_ exchange: Exchange) async -> PostgresError? {
    guard let libpq else { return nil }
    guard libpq.sendScript("") else { return lose(exchange, libpq.errorMessage) }
    let drain = Exchange(statement: exchange.statement, gate: exchange.gate)
    self.exchange = drain
    let ending = await advance()
    if ending != .complete { return lose(drain, givenUp ?? libpq.errorMessage) }
    guard var error = drain.error else { return nil }
    error.code = .cancelled
    return error
  }

  /// Gives the connection up; the error says why, in the server's words if it had the last one.
  func lose(_ exchange: Exchange?, _ message: String, statement: String? = nil) -> PostgresError {
    var error =
      exchange?.error
      ?? PostgresError(
        .connectionLost, lastFatal?.message ?? message, report: lastFatal,
        statement: exchange?.currentStatement ?? statement)
    error.code = .connectionLost
    error.endpoint = endpoint
    shutDown(
      PostgresError(
        .connectionLost, "the connection was lost: \(error.message)", report: error.report, endpoint: endpoint
      ))
    return error
  }
}
