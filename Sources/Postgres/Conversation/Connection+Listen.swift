import Threads

extension Connection {
  /// Listens on a channel: the stream gives what others send to it with NOTIFY, until it or the connection ends.
  ///
  /// While nothing else runs, the connection is watched, without waking up before something comes. What arrives during a
  /// lease is given at once if a statement is running, and else when the lease ends.
  public nonisolated func listen(_ channel: String) async throws -> AsyncStream<Notification> {
    // The server would cut a longer name off, and then speak of another channel than the caller.
    guard (1...63).contains(channel.utf8.count), !channel.utf8.contains(0) else {
      throw PostgresError(.misuse, "the name of a channel has 1 to 63 bytes: \"\(channel)\"")
    }
    let notifications = try await subscribe(to: channel)
    try await query("LISTEN \(Self.quoted(channel))")
    return notifications
  }

  private func subscribe(to channel: String) throws(PostgresError) -> AsyncStream<Notification> {
    _ = try open()
    let broadcast = channels[channel] ?? Broadcast()
    channels[channel] = broadcast
    return broadcast.subscribe { [weak self] in
      Task { [weak self] in await self?.leave(channel) }
    }
  }

  private func leave(_ channel: String) async {
    guard libpq != nil, let broadcast = channels[channel], !broadcast.hasSubscribers else { return }
    channels[channel] = nil
    // Nobody waits for the outcome: a session that is gone, or whose transaction has failed, only goes on being told
    // what it no longer passes on.
    _ = try? await query("UNLISTEN \(Self.quoted(channel))")
  }

  private static func quoted(_ identifier: String) -> String {
    "\"" + identifier.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// Waits for messages of the server while no statement runs and somebody listens.
  func watchWhileIdle() {
    guard let libpq, exchange == nil, idleWatch == nil, !channels.isEmpty else { return }
    let interruption = WaitInterruption()
    idleWatch = interruption
    let socket = libpq.socket
    Task { [weak self] in
      let outcome = await ReadinessThread.shared.wait(for: .read, on: socket, interruption: interruption)
      await self?.idleWatchEnded(interruption, outcome)
    }
  }

  func stopIdleWatch() {
    idleWatch?.raise()
    idleWatch = nil
  }

  private func idleWatchEnded(_ interruption: WaitInterruption, _ outcome: WaitOutcome) {
    // Another watch, or none, since a statement began.
    guard idleWatch === interruption else { return }
    idleWatch = nil
    guard case .ready = outcome, let libpq else { return }
    let isAlive = libpq.consumeInput()
    takeMessages()
    if isAlive, !libpq.isBad { watchWhileIdle() } else { _ = lose(nil, libpq.errorMessage) }
  }
}
