/// The driver: does what the conversation says and tells it what came of it.
extension Connection {
  /// Hands one statement to libpq and begins the exchange.
  func begin(_ form: StatementForm, gate: CancellationGate?) throws(PostgresError) {
    let libpq = try open()
    let statement = form.statement
    try form.validate()
    if gate?.isRequestedBeforeSend == true {
      throw PostgresError(.cancelled, "cancelled before it was sent", statement: statement)
    }
    idleWatch?.raise()
    idleWatch = nil
    let isTaken =
      switch form {
      case .script(let sql): libpq.sendScript(sql)
      case .query(let sql, let parameters): libpq.send(sql, parameters)
      case .rows(let sql, let parameters): libpq.send(sql, parameters) && libpq.setSingleRowMode()
      case .pipeline: libpq.enterPipeline()
      }
    guard isTaken else {
      let error = PostgresError(.connectionLost, libpq.errorMessage, statement: statement)
      shutDown(error)
      throw error
    }
    exchange = Exchange(statement: statement, gate: gate, requests: form.requests)
    gate?.sent()
  }

  /// Goes on until the exchange ends, or COPY begins, or, if asked to, until there are rows for the caller.
  ///
  /// Returns nil when it stopped for rows.
  func advance(untilRows: Bool = false) async -> Conversation.Ending? {
    while var exchange, let libpq {
      var event: Conversation.Event
      switch exchange.action {
      case .finish(let ending): return ending
      case .wait(let interest):
        if untilRows, !exchange.rows.isEmpty { return nil }
        let outcome = await ReadinessThread.shared.wait(
          for: interest, on: libpq.socket, interruption: exchange.gate?.interruption)
        guard case .ready(let readiness) = outcome else { return .lost }
        event = .ready(readiness)
      case .send:
        guard let sent = send(exchange.requests[exchange.sentRequests], isLast: exchange.isAtLastRequest)
        else {
          return .lost
        }
        exchange.sentRequests += 1
        event = sent
      case .flush: event = .flushed(libpq.flush())
      case .consume: event = .consumed(libpq.consumeInput())
      case .checkBusy: event = .busy(libpq.isBusy)
      case .fetch:
        let result = libpq.nextResult()
        exchange.fetched = result
        event = .fetched(result?.kind, lost: libpq.isBad)
      case .deliver:
        // Notices that came in with the result belong to it.
        takeMessages()
        exchange.notices = self.exchange?.notices ?? []
        exchange.takeFetched(connectionIsBad: libpq.isBad)
        event = .delivered
      case .endRequest:
        exchange.endRequest()
        event = .delivered
      }
      exchange.action = exchange.conversation.next(event)
      self.exchange = exchange
      takeMessages()
      if untilRows, let count = self.exchange?.rows.count, count >= 256 { return nil }
    }
    return .lost
  }

  private func send(_ request: PipelineRequest, isLast: Bool) -> Conversation.Event? {
    guard let libpq, libpq.send(request.sql, request.parameters) else { return nil }
    let synchronizes = request.synchronizes || isLast
    if synchronizes, !libpq.synchronizePipeline() { return nil }
    return .sent(bytes: request.sql.utf8.count + 64, synchronizes: synchronizes)
  }

  /// Ends the exchange: waits for a cancel request under way, makes sure of the connection, and hands over what came.
  func finish(_ ending: Conversation.Ending) async -> Exchange {
    guard var exchange else { return Exchange(statement: "", gate: nil) }
    let cancellation = await exchange.gate?.settle() ?? .notSent
    exchange = self.exchange ?? exchange
    if case .failed(let reason) = cancellation {
      exchange.error = lose(exchange, "the statement could not be cancelled: \(reason)")
    } else if ending != .complete || libpq == nil || libpq?.isBad == true {
      exchange.error = lose(exchange, libpq?.errorMessage ?? "the connection is gone")
    } else if exchange.isPipeline, libpq?.exitPipeline() != true {
      exchange.error = lose(exchange, libpq?.errorMessage ?? "the connection is gone")
    } else if cancellation == .reachedServer, let late = await drain() {
      exchange.error = exchange.error ?? late
    }
    self.exchange = nil
    watchWhileIdle()
    return exchange
  }

  /// Runs an empty statement, which can absorb a cancel request that a proxy delivers late; returns what it met.
  private func drain() async -> PostgresError? {
    guard let libpq, libpq.sendScript("") else { return nil }
    let before = exchange
    exchange = Exchange(statement: before?.statement ?? "", gate: nil)
    let ending = await advance()
    let error = exchange?.error
    exchange = before
    if ending != .complete { return lose(before, libpq.errorMessage) }
    return error.map { error in
      PostgresError(.cancelled, error.message, report: error.report, statement: before?.statement)
    }
  }

  /// Gives the connection up; the error says why, in the server's words if it had the last one.
  private func lose(_ exchange: Exchange?, _ message: String) -> PostgresError {
    var error = exchange?.error ?? PostgresError(.connectionLost, message, statement: exchange?.statement)
    error.code = .connectionLost
    error.endpoint = PostgresError.Endpoint(
      host: server.host, port: server.port.map(String.init) ?? server.parameters["port"] ?? "",
      user: server.user,
      database: server.database)
    shutDown(
      PostgresError(.connectionLost, "the connection was lost: \(error.message)", report: error.report))
    return error
  }
}
