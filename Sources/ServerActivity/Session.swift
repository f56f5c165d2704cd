/// A session of the server, as `pg_stat_activity` shows it.
public struct Session: Sendable, Hashable, Identifiable {
  /// Its process number.
  public var id: Int32
  /// When it began, in seconds since 1970: with the process number, which is used again, it tells sessions apart.
  public var startedAt: Double
  /// Its role; nil for the server's own processes.
  public var user: String?
  /// Its database; nil for processes that have none.
  public var database: String?
  /// What it calls itself.
  public var application: String?
  /// Its address, or nil for a local socket.
  public var address: String?
  /// What it is: `client backend`, `autovacuum worker`, ….
  public var kind: String?
  /// `active`, `idle`, `idle in transaction`, …; nil where it is kept from us.
  public var state: String?
  /// What it waits for (`Lock`, `IO`, …), if it waits.
  public var waitEventType: String?
  /// What exactly it waits for (`relation`, `DataFileRead`, …), if it waits.
  public var waitEvent: String?
  /// What it runs, or ran last.
  public var query: String?
  /// How long it has been in its state, in seconds.
  public var stateSeconds: Double?
  /// How long its transaction has been open, in seconds.
  public var transactionSeconds: Double?
  /// The sessions that hold what it waits for, or stand before it in the queue.
  public var blockedBy: [Int32]
  /// Whether it is the session that asks.
  public var isOwn: Bool

  /// Makes a session from its parts.
  public init(
    id: Int32, startedAt: Double = 0, user: String? = nil, database: String? = nil,
    application: String? = nil,
    address: String? = nil,
    kind: String? = nil, state: String? = nil, waitEventType: String? = nil, waitEvent: String? = nil,
    query: String? = nil, stateSeconds: Double? = nil, transactionSeconds: Double? = nil,
    blockedBy: [Int32] = [],
    isOwn: Bool = false
  ) {
    self.id = id
    self.startedAt = startedAt
    self.user = user
    self.database = database
    self.application = application
    self.address = address
    self.kind = kind
    self.state = state
    self.waitEventType = waitEventType
    self.waitEvent = waitEvent
    self.query = query
    self.stateSeconds = stateSeconds
    self.transactionSeconds = transactionSeconds
    self.blockedBy = blockedBy
    self.isOwn = isOwn
  }
}
