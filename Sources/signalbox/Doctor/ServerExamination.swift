import Catalog
import Diagnosis
import Postgres
import Schema
import Threads

/// Asks a server over a connection that stands what it is, and measures the way to it.
struct ServerExamination: Sendable {
  let connection: Connection
  let configuration: ConnectionConfiguration

  /// How many round trips are measured.
  private static let roundTrips = 7
  /// How long the second session of the pooling probe may take, in seconds.
  private static let patience = 2.0

  /// What the server says, and what was measured.
  func reading() async throws -> ServerReading {
    let reader = CatalogReader(connection)
    let session = try await reader.sessionFacts()
    let clocks = try await compareClocks()
    let durations = clocks.map(\.duration).sorted()
    let best = clocks.min { $0.duration < $1.duration }
    return ServerReading(
      host: connection.server.host, port: connection.server.port, session: session,
      extensions: try await reader.availableExtensions(),
      latencyMilliseconds: durations[durations.count / 2] * 1_000,
      clockDifference: best?.difference ?? 0, clockUncertainty: (best?.duration ?? 0) / 2,
      unreadableTexts: try await reader.unreadableTexts(), pooling: try await pooling(session))
  }

  /// The duration of each round trip, and how far the server's clock is ahead, both in seconds.
  private func compareClocks() async throws -> [(duration: Double, difference: Double)] {
    var clocks: [(duration: Double, difference: Double)] = []
    for _ in 0..<Self.roundTrips {
      let (began, now) = (Clock.uptime(), Clock.now())
      let answer = try await connection.query("SELECT extract(epoch FROM clock_timestamp()) AS now")
      let duration = Clock.uptime() - began
      guard let row = answer.rows.first else { continue }
      clocks.append((duration, try row.double("now") - (now + duration / 2)))
    }
    return clocks
  }

  /// What stands in between: a pooler greets with a number of its own instead of the process that answers.
  private func pooling(_ session: SessionFacts) async throws -> ServerReading.Pooling {
    if session.process == Int(connection.server.processID) { return .direct }
    var configuration = configuration
    configuration.connectTimeout = Self.patience
    let second: Connection
    do {
      second = try await Connection.connect(configuration)
    } catch let error as PostgresError where error.code != .cancelled {
      return .unknown
    }
    let pooling = await probe(with: second, beside: session.process)
    await second.close()
    return pooling
  }

  /// While another session keeps a transaction open, a pooler in session mode still answers from the server session that
  /// it has given us; one in transaction mode cannot promise that: it may have lent it, and has to find or wait for another.
  private func probe(with second: Connection, beside process: Int) async -> ServerReading.Pooling {
    do {
      let patience = Self.patience
      _ = try await withDeadline(patience) { try await second.query("BEGIN") }
      let other = try await withDeadline(patience) { try await Self.process(of: second) }
      if other == process { return .transaction }
      let ours: Int
      do {
        let connection = connection
        ours = try await withDeadline(patience) { try await Self.process(of: connection) }
      } catch let error as PostgresError where error.code == .cancelled {
        // There is one server session, and it is lent: in session mode it would have been ours.
        return .transaction
      }
      return ours == process ? .session : .transaction
    } catch {
      let said = (error as? PostgresError)?.message ?? ""
      return said.contains("statement pooling") ? .transaction : .unknown
    }
  }

  private static func process(of connection: Connection) async throws -> Int {
    try await connection.query("SELECT pg_catalog.pg_backend_pid() AS process").rows.first?.int("process")
      ?? 0
  }
}

/// Cancels work that takes longer than so many seconds; it then ends as cancelled.
private func withDeadline<Success: Sendable>(
  _ seconds: Double, _ work: @escaping @Sendable () async throws -> Success
) async throws -> Success {
  let task = Task { try await work() }
  let timer = Task {
    try await Pause.sleep(seconds: seconds)
    task.cancel()
  }
  defer { timer.cancel() }
  return try await task.value
}
