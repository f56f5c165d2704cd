/// How far the answer to a question to the outside has come.
enum Loading: Sendable, Hashable {
  case notAsked
  case waiting(since: Double)
  case loaded
  case failed(Trouble)

  /// When the waiting began, while it lasts.
  var waitingSince: Double? {
    if case .waiting(let since) = self { since } else { nil }
  }
}

/// How the console stands with its target.
enum Connection: Sendable, Hashable {
  case connecting(since: Double)
  case connected(ServerSummary)
  case failed(Trouble)

  var server: ServerSummary? {
    if case .connected(let server) = self { server } else { nil }
  }
}
