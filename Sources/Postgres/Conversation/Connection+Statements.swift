/// What a lease asks of the connection, one exchange each.
extension Connection {
  func query(
    _ sql: String, _ parameters: [Parameter], _ gate: CancellationGate
  ) async throws(PostgresError) -> QueryResult {
    try begin(.query(sql, parameters), gate: gate)
    let exchange = try await completed()
    return exchange.results.last ?? QueryResult()
  }

  func execute(_ sql: String, _ gate: CancellationGate) async throws(PostgresError) -> [QueryResult] {
    try begin(.script(sql), gate: gate)
    return try await completed().results
  }

  func pipeline(
    _ requests: [PipelineRequest], _ gate: CancellationGate
  ) async throws(PostgresError) -> [Result<QueryResult, PostgresError>] {
    try begin(.pipeline(requests), gate: gate)
    let ending = await advance()
    let isCopy = ending == .copyIn || ending == .copyOut
    if isCopy {
      exchange?.error = PostgresError(
        .misuse, "COPY cannot be part of a pipeline", statement: exchange?.currentStatement)
    }
    let exchange = await finish(isCopy ? .lost : ending ?? .lost)
    var outcomes = exchange.outcomes
    // Only a lost connection leaves requests without an outcome; it is theirs.
    while outcomes.count < requests.count {
      let statement = requests[outcomes.count].sql
      var error = exchange.error ?? PostgresError(.connectionLost, "the connection was lost")
      error.statement = statement
      outcomes.append(.failure(error))
    }
    return outcomes
  }

  /// The rows that have come since the last call, or nil after the last.
  func nextRows() async -> [Rows]? {
    let ending = await advance(untilRows: true)
    let rows = exchange?.rows ?? []
    exchange?.rows = []
    return ending != nil && rows.isEmpty ? nil : rows
  }

  func endStream() async throws(PostgresError) -> CommandTag {
    let exchange = try await completed()
    return CommandTag(exchange.results.last?.commandTag ?? "")
  }

  /// Reads an exchange to its end and drops what comes.
  func abandon() async {
    while await nextRows() != nil {}
    _ = try? await completed()
  }

  /// Goes to the end of the exchange; throws what the server or the connection had to say.
  func completed() async throws(PostgresError) -> Exchange {
    var ending = await advance() ?? .lost
    if ending == .copyIn || ending == .copyOut { ending = await refuseCopy(ending) }
    let exchange = await finish(ending)
    if let error = exchange.error { throw error }
    return exchange
  }

  private func refuseCopy(_ ending: Conversation.Ending) async -> Conversation.Ending {
    .lost
  }

  func watchWhileIdle() {}
}
