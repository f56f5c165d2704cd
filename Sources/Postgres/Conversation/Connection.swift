import Glibc
import Threads

/// A connection to a PostgreSQL server.
///
/// Statements of concurrent callers run one after the other, in the order in which they were asked for; ``withLease(_:)``
/// keeps the connection for several statements, such as a transaction. Nothing blocks a thread of Swift's pool.
///
/// Cancelling a task cancels its statement on the server, waits until that is over, and leaves the connection usable;
/// the statement then throws ``PostgresError`` with code ``PostgresError/Code/cancelled``, or gives its result when it was
/// done before the request came. Whatever must run in a cancelled task as well, such as a ROLLBACK, runs inside
/// ``ignoringCancellation(_:)``.
public actor Connection {
  /// What the server said of itself and of the session when the session began.
  public nonisolated let server: ServerInformation

  nonisolated let leases = Turnstile()
  /// Within a lease: its holder's child tasks may speak at once as well.
  nonisolated let statements = Turnstile()
  nonisolated let cancelRequest: CancelRequest?
  nonisolated let noticeBroadcast = Broadcast<Notice>()
  nonisolated let endpoint: PostgresError.Endpoint

  /// Nil once the connection is closed or lost.
  var libpq: LibpqConnection?
  /// Why there is no connection any more.
  var end: PostgresError?
  var exchange: Exchange?
  var channels: [String: Broadcast<Notification>] = [:]
  var idleWatch: WaitInterruption?
  /// Why somebody has given the connection up.
  private(set) var givenUp: String?
  private var lastSign = ContinuousClock.now
  /// The server's last words, when it ends the session of its own accord.
  private(set) var lastFatal: ServerReport?
  private let onNotice: (@Sendable (Notice) -> Void)?

  init(_ libpq: LibpqConnection, onNotice: (@Sendable (Notice) -> Void)?) {
    self.libpq = libpq
    self.onNotice = onNotice
    server = ServerInformation(libpq)
    cancelRequest = libpq.makeCancelRequest()
    endpoint = PostgresError.Endpoint(
      host: libpq.host, port: libpq.port, user: libpq.user, database: libpq.database)
  }

  // The readiness thread must let go of the socket before libpq closes it.
  deinit { idleWatch?.raise() }

  /// Connects, trying each address of each host in turn; cancellable.
  ///
  /// `onNotice` hears every notice in order, before the statement that it belongs to returns; it must not block. Throws a
  /// ``PostgresError``: when several addresses were tried, `causes` has one for each.
  @concurrent
  public static func connect(
    _ configuration: ConnectionConfiguration, onNotice: (@Sendable (Notice) -> Void)? = nil
  ) async throws -> Connection {
    let interruption = WaitInterruption()
    let (libpq, notices) = try await withTaskCancellationHandler {
      try await Connector(configuration: configuration, interruption: interruption).connect()
    } onCancel: {
      interruption.raise()
    }
    if let onNotice { notices.forEach(onNotice) }
    return Connection(libpq, onNotice: onNotice)
  }

  /// Where the connection stands in a transaction; ``TransactionStatus/active`` while a statement runs.
  public var transactionStatus: TransactionStatus { libpq?.transactionStatus ?? .unknown }

  /// The notices from now on, for as long as the connection stands; each call begins a stream of its own.
  public nonisolated var notices: AsyncStream<Notice> { noticeBroadcast.subscribe() }

  /// Cancels the statement that runs now, if one does, and returns when the request has been dealt with.
  ///
  /// The statement's own caller gets the error.
  public func cancelCurrentStatement() async {
    guard let gate = exchange?.gate else { return }
    gate.request()
    await gate.requestReturned()
  }

  /// Closes the connection after the statements and leases that were asked for before.
  ///
  /// Called by the holder of a lease, it closes at once. Closing twice does nothing.
  public nonisolated func close() async {
    let isHolder = LeaseScope.isHeld(of: self)
    if !isHolder { await leases.enterUnconditionally() }
    await statements.enterUnconditionally()
    await shutDown(PostgresError(.misuse, "the connection has been closed"))
    statements.leave()
    if !isHolder { leases.leave() }
  }

  /// How long the server has given no sign of life that is being waited for; nil while nothing is asked of it.
  ///
  /// What has come and was not yet read counts as a sign.
  public var silence: Duration? {
    guard exchange != nil, let libpq else { return nil }
    var descriptor = pollfd(fd: libpq.socket, events: Int16(POLLIN), revents: 0)
    if poll(&descriptor, 1, 0) > 0 { noteSign() }
    return .now - lastSign
  }

  /// Ends the connection at once, whatever is under way: not even the answer to a request to cancel is waited for.
  ///
  /// Who waits for a statement gets ``PostgresError/Code/connectionLost`` with this reason: whether it took effect is not
  /// known.
  public func giveUp(because reason: String) {
    givenUp = givenUp ?? reason
    if let exchange {
      exchange.gate?.abandon()
    } else {
      shutDown(PostgresError(.connectionLost, reason, endpoint: endpoint))
    }
  }

  /// Notes that the server was spoken to, or has spoken.
  func noteSign() { lastSign = .now }

  /// Lets go of the connection; whoever speaks afterwards is told why.
  func shutDown(_ reason: PostgresError) {
    if end == nil { end = reason }
    stopIdleWatch()
    libpq = nil
    noticeBroadcast.finish()
    for channel in channels.values { channel.finish() }
    channels = [:]
  }

  /// The connection, or the reason why there is none.
  func open() throws(PostgresError) -> LibpqConnection {
    if let libpq { return libpq }
    throw end ?? PostgresError(.connectionLost, "the connection is gone")
  }

  /// Passes on what libpq has gathered from the server beside results.
  func takeMessages() {
    guard let libpq else { return }
    // First, because looking for them may bring notices to light.
    while let notification = libpq.nextNotification() { channels[notification.channel]?.send(notification) }
    for notice in libpq.takeNotices() {
      if notice.severity == "FATAL" || notice.severity == "PANIC" { lastFatal = notice }
      exchange?.notices.append(notice)
      onNotice?(notice)
      noticeBroadcast.send(notice)
    }
  }
}
