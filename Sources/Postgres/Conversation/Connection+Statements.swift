/// What a lease asks of the connection, one exchange each.
extension Connection {
  func query(
    _ sql: String, _ parameters: [Parameter], _ gate: CancellationGate
  ) async throws(PostgresError) -> QueryResult {
    try begin(.query(sql, parameters), gate: gate)
    return try await completed().last ?? QueryResult()
  }

  func execute(_ sql: String, _ gate: CancellationGate) async throws(PostgresError) -> [QueryResult] {
    try begin(.script(sql), gate: gate)
    return try await completed()
  }

  func pipeline(
    _ requests: [PipelineRequest], _ gate: CancellationGate, _ onOutcome: PipelineObserver?
  ) async throws(PostgresError) -> [Result<QueryResult, PostgresError>] {
    try begin(.pipeline(requests), gate: gate, onOutcome: onOutcome)
    guard let exchange else { return [] }
    let ending = await advance() ?? .lost
    if ending == .copyIn || ending == .copyOut {
      // Neither libpq nor the server can find back into step after it.
      exchange.error = PostgresError(
        .misuse, "COPY cannot be part of a pipeline: the connection had to be given up",
        statement: exchange.currentStatement)
    }
    await finish(exchange, ending)
    var outcomes = exchange.outcomes
    // Only a lost connection leaves requests without an outcome; what it said is theirs.
    while outcomes.count < requests.count {
      var error =
        exchange.error ?? PostgresError(.connectionLost, "the connection was lost", endpoint: endpoint)
      error.statement = requests[outcomes.count].sql
      outcomes.append(.failure(error))
    }
    return outcomes
  }

  /// The rows that have come since the last call, or nil after the last.
  func nextRows() async -> [Rows]? {
    guard let exchange else { return nil }
    let ending = await advance(untilRows: true)
    defer { exchange.rows = [] }
    return ending != nil && exchange.rows.isEmpty ? nil : exchange.rows
  }

  /// Goes to the end of the exchange; throws what the server or the connection had to say.
  @discardableResult
  func completed() async throws(PostgresError) -> [QueryResult] {
    guard let exchange else { return [] }
    while true {
      let ending = await advance() ?? .lost
      switch ending {
      case .copyIn, .copyOut: await refuseCopy(exchange, ending)
      case .complete, .lost:
        await finish(exchange, ending)
        if let error = exchange.error { throw error }
        return exchange.results
      }
    }
  }

  /// The tag of the statement, once its rows or its data are through.
  func completedTag() async throws(PostgresError) -> CommandTag {
    CommandTag(try await completed().last?.commandTag ?? "")
  }

  /// Reads an exchange to its end for a caller who has failed; what comes is dropped, and its error is not the one to see.
  func abandon() async {
    while await nextRows() != nil {}
    _ = try? await completed()
  }
}
