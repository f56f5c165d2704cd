import Catalog
import Migrations
import Postgres
import Rollout
import Schema
import Script
import Synchronization
import TestServer

/// One run of some SQL on a fresh database, with everything that it emitted.
struct RunFixture: Sendable {
  let configuration: ConnectionConfiguration

  /// A plan of one migration a text, named `001`, `002`, ….
  static func plan(_ texts: String..., mode: TransactionMode = .single) -> Plan {
    plan(of: texts, mode: mode)
  }

  /// A plan of one migration a text, named `001`, `002`, ….
  static func plan(of texts: [String], mode: TransactionMode = .single) -> Plan {
    Plan(
      steps: texts.enumerated().map { index, text in
        let number = String(index + 1)
        let version = String(repeating: "0", count: 3 - number.count) + number
        let script = ScriptParser.parse(text)
        let migration = Migration(
          id: MigrationID("\(version)_test"), version: version, name: "test", file: "\(version)_test.sql",
          checksum: "checksum of \(text.utf8.count) bytes", script: script)
        return PlanStep(migration: migration, mode: mode, statements: script.statements)
      })
  }

  /// Runs a plan to its end.
  func run(
    _ plan: Plan, mode: RunMode = .straight, isInteractive: Bool = false, control: RunControl = RunControl(),
    lockTimeoutMilliseconds: Int = 5_000, secondsOfSilence: Double = 600, attempts: Int = 3,
    source: String = "",
    expected: [ObjectIdentity] = [], waitForOtherRunSeconds: Double = 0,
    access: (@Sendable (Snapshot, Snapshot) -> AccessChange)? = nil, limit: AccessLimit? = nil,
    isAtOnce: Bool = true,
    entries: [MigrationID: HistoryEntry]? = nil, known: SnapshotAnswer? = nil,
    rebuildsInvalidIndexes: Bool = false,
    doubt: DoubtAnswer? = nil, project: String = "test",
    whenPaused answer: (@Sendable (RunEvent, Connection) async -> OperatorCommand?)? = nil,
    whenTold listen: (@Sendable (RunEvent) -> Void)? = nil
  ) async throws -> (outcome: RunOutcome, events: [RunEvent.Kind]) {
    let notices = NoticeRelay()
    let connection = try await Connection.connect(configuration, onNotice: notices.hear)
    let configuration = configuration
    let observer = Observer { try await Connection.connect(configuration) }
    let events = Events()
    let request = RunRequest(
      project: project, plan: plan, mode: mode, isInteractive: isInteractive,
      identity: OperatorIdentity(user: "operator", host: "desk", clientVersion: "test"),
      lockTimeoutMilliseconds: lockTimeoutMilliseconds, attempts: attempts,
      waitForOtherRunSeconds: waitForOtherRunSeconds, secondsOfSilence: secondsOfSilence,
      snapshot: access == nil ? known?.snapshot : try await CatalogReader(connection).snapshot(),
      moment: known?.moment, accessLimit: limit,
      entries: entries, rebuildsInvalidIndexes: rebuildsInvalidIndexes, doubt: doubt)
    let evidence: @Sendable (MigrationID, Snapshot) -> Evidence = { _, snapshot in
      Evidence(
        items: expected.map {
          EvidenceItem(object: $0, action: .creates, verdict: snapshot.contains($0) ? .found : .missing)
        })
    }
    let environment = RunEnvironment(
      now: { 1_770_336_271 }, uptime: { Self.uptime() },
      sleep: { try await Task.sleep(for: .seconds($0 / 10)) }, random: { 0.5 }, evidence: evidence,
      accessChange: access ?? { _, _ in AccessChange() },
      snapshot: { try await CatalogReader(connection).snapshot().ofThisDatabase },
      snapshotBefore: { try await CatalogReader(connection).snapshot(lockTimeout: $0).ofThisDatabase },
      touched: isAtOnce ? TouchedVerification(scope: .everything, evidence: evidence) : nil,
      source: { _ in Array(source.utf8) })
    let runner = Runner(
      connection: connection, notices: notices, observer: observer, request: request,
      environment: environment,
      control: control,
      reconnect: { try await Connection.connect(configuration) },
      deliver: { event in
        events.add(event)
        listen?(event)
        if case .paused = event.kind, let answer {
          Task {
            if let command = await answer(event, connection) { await control.post(command) }
          }
        }
      })
    defer {
      Task {
        await connection.close()
        await observer.close()
      }
    }
    let outcome = try await runner.run()
    return (outcome, events.all.map(\.kind))
  }

  /// Runs some SQL in a session of its own.
  @discardableResult
  func query(_ sql: String) async throws -> QueryResult {
    let connection = try await Connection.connect(configuration)
    do {
      let results = try await connection.execute(sql)
      await connection.close()
      return results.last ?? QueryResult()
    } catch {
      await connection.close()
      throw error
    }
  }

  /// The first column of the first row.
  func value(_ sql: String) async throws -> String? {
    try await query(sql).rows.first?[0]
  }

  private static func uptime() -> Double {
    let elapsed = ContinuousClock.now - start
    return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
  }

  private static let start = ContinuousClock.now
}

extension Snapshot {
  /// Without what belongs to the whole server, where other tests make roles, their members and settings, and tablespaces at
  /// the same time.
  fileprivate var ofThisDatabase: Snapshot {
    var snapshot = self
    snapshot.objects = snapshot.objects.filter { identity, _ in
      let role = ObjectKind.role.rawValue
      return switch identity.kind {
      case .role, .tablespace: false
      case .setting: !(identity.signature?.hasPrefix("role ") ?? false)
      case .grant: identity.parent != role && identity.parent != ObjectKind.tablespace.rawValue
      case .comment: identity.signature != role
      default: true
      }
    }
    return snapshot
  }
}

/// Collects events from any thread.
final class Events: Sendable {
  private let storage = Mutex<[RunEvent]>([])

  func add(_ event: RunEvent) { storage.withLock { $0.append(event) } }

  var all: [RunEvent] { storage.withLock { $0 } }
}

/// Runs a test on a fresh database.
func withFixture<Result: Sendable>(
  _ body: (RunFixture) async throws -> Result
) async throws -> Result {
  try await TestServer.withDatabase { configuration in
    try await body(RunFixture(configuration: configuration))
  }
}
