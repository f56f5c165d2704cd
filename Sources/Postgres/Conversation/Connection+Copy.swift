import Threads

/// The data phase of COPY.
extension Connection {
  /// Sends the statement and goes to where its data begins; any other statement is refused.
  func beginCopy(
    _ sql: String, _ direction: Conversation.Ending, _ gate: CancellationGate
  ) async throws(PostgresError) {
    try begin(.query(sql, []), gate: gate)
    guard let exchange, await advance() != direction else { return }
    try await completed()
    throw exchange.error
      ?? PostgresError(
        .misuse,
        direction == .copyIn ? "the statement takes no COPY data" : "the statement gives no COPY data",
        statement: sql)
  }

  /// Hands data to the server; returns false when it takes no more, for a reason that the end of the exchange tells.
  func putCopy(_ data: [UInt8]) async -> Bool {
    guard let exchange, let libpq else { return false }
    var rest = data[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Conversation.batchSize)
      switch libpq.putCopy(piece) {
      case .taken: rest = rest.dropFirst(piece.count)
      case .wouldBlock: break
      case .failed: return false
      }
      guard await push(exchange, libpq) else { return false }
    }
    return true
  }

  /// Ends the data, or has the server fail the COPY with a message, and goes to the end of the exchange.
  func endCopyIn(failing message: String?) async throws(PostgresError) -> CommandTag {
    if let exchange { await endCopyData(exchange, failing: message) }
    return try await completedTag()
  }

  /// The data that has come, or nil after the last.
  func nextCopyData() async -> [[UInt8]]? {
    guard let exchange, exchange.action == .finish(.copyOut) else { return nil }
    var chunks: [[UInt8]] = []
    var size = 0
    while let libpq {
      switch libpq.getCopy() {
      case .chunk(let chunk):
        chunks.append(chunk)
        size += chunk.count
        if size >= Conversation.batchSize { return chunks }
      case .wait:
        takeMessages()
        if !chunks.isEmpty { return chunks }
        guard await wait(for: .read, exchange, libpq) != nil else { return nil }
        // A failure shows in the next getCopy, which then ends the data.
        _ = libpq.consumeInput()
      case .end:
        exchange.proceed(.copyEnded)
        return chunks.isEmpty ? nil : chunks
      }
    }
    return nil
  }

  /// Gets out of a COPY that nobody asked for with a function for it.
  func refuseCopy(_ exchange: Exchange, _ ending: Conversation.Ending) async {
    let advice =
      ending == .copyIn
      ? "COPY … FROM STDIN needs its data: use copyIn" : "COPY … TO STDOUT gives data: use copyOut"
    exchange.error = exchange.error ?? PostgresError(.misuse, advice, statement: exchange.statement)
    if ending == .copyIn {
      await endCopyData(exchange, failing: advice)
    } else {
      while await nextCopyData() != nil {}
      // The wait was broken off: the gate's request failed, and the exchange ends with that.
      if exchange.action == .finish(.copyOut) { exchange.proceed(.interrupted) }
    }
  }

  private func endCopyData(_ exchange: Exchange, failing message: String?) async {
    while let libpq, libpq.endCopy(failing: message) == .wouldBlock {
      guard await push(exchange, libpq) else { break }
    }
    exchange.proceed(.copyEnded)
  }

  /// Has libpq send what it holds, reading meanwhile; returns false when the wait was broken off.
  private func push(_ exchange: Exchange, _ libpq: LibpqConnection) async -> Bool {
    while libpq.flush() == .pending {
      guard let readiness = await wait(for: [.read, .write], exchange, libpq) else { return false }
      // A failure here shows in the next call that puts data.
      if readiness.contains(.read) { _ = libpq.consumeInput() }
      takeMessages()
    }
    return true
  }
}
