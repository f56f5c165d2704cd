import Catalog
import Glibc
import Migrations
import Postgres
import Rollout
import Schema
import Threads
import Verification

/// What a command says about a run.
struct RunLaunch: Sendable {
  var assessment: Assessment
  var plan: Plan
  var mode: RunMode
  var isInteractive: Bool
  var lockTimeoutSeconds = 5.0
  var attempts = 5
  var waitSeconds = 0.0
  /// What may be widened without a question; nil for anything.
  var accessLimit: AccessLimit?
  /// Hears the catalog before each migration, as it is committed then.
  var onCommitted: @Sendable (Snapshot) -> Void = { _ in }
  /// Whether somebody answers if it is exceeded.
  var asksAboutAccess = false
  /// Whether the operator has agreed to have invalid indexes dropped and built again.
  var rebuildsInvalidIndexes = false
  /// What to do with a statement of which nobody can tell whether it was done.
  var doubt: DoubtAnswer?
}

extension TargetSession {
  /// Runs a plan over this session; an observer's session of its own looks who is in the way.
  func run(
    _ launch: RunLaunch, control: RunControl, deliver: @escaping @Sendable (RunEvent) -> Void
  ) async throws -> RunOutcome {
    let project = launch.assessment.loaded.project
    let request = RunRequest(
      project: project.name, plan: launch.plan, mode: launch.mode, isInteractive: launch.isInteractive,
      identity: .current(), lockTimeoutMilliseconds: Int(launch.lockTimeoutSeconds * 1_000),
      attempts: launch.attempts, waitForOtherRunSeconds: launch.waitSeconds,
      snapshot: launch.assessment.snapshot, moment: launch.assessment.moment, accessLimit: launch.accessLimit,
      asksAboutAccess: launch.asksAboutAccess, settings: settings(of: project),
      entries: launch.assessment.history.entries,
      rebuildsInvalidIndexes: launch.rebuildsInvalidIndexes, doubt: launch.doubt)
    let judge = launch.assessment.judge ?? EvidenceJudge(launch.assessment.seenProject)
    let evidence = EvidenceOfRun(
      judge,
      applied: Set(
        launch.assessment.statuses.filter { [.applied, .changed].contains($0.state) }.map(\.id)))
    let connection = connection
    let onCommitted = launch.onCommitted
    var scope = project.snapshotScope
    // Before a commit only definitions count, and sizes cost a look at every file.
    scope.includesSizes = false
    let scopeOfRun = scope
    let environment = RunEnvironment(
      now: { Clock.now() }, uptime: { Clock.uptime() },
      sleep: { try await Pause.sleep(seconds: $0) }, random: { Double.random(in: 0...1) },
      evidence: { id, snapshot in
        evidence.include(id)
        return judge.evidence(in: snapshot, applied: [id])[id] ?? Evidence()
      },
      accessChange: { AccessComparison(from: AccessMatrix($0), to: AccessMatrix($1)).change },
      snapshot: { try await CatalogReader(connection).snapshot(scopeOfRun) },
      snapshotBefore: { lockTimeout in
        let snapshot = try await CatalogReader(connection).snapshot(scopeOfRun, lockTimeout: lockTimeout)
        onCommitted(snapshot)
        return snapshot
      },
      touched: TouchedVerification(scope: scopeOfRun, evidence: { evidence.evidence(of: $0, in: $1) }),
      source: { try $0.source(of: project, in: .local) })
    let configuration = target.configuration
    let observer = Observer { try await Connection.connect(configuration) }
    let runner = Runner(
      connection: connection, notices: notices, observer: observer, request: request,
      environment: environment,
      control: control,
      reconnect: { try await Connection.connect(configuration) }, deliver: deliver)
    do {
      let outcome = try await namingHolders { try await runner.run() }
      await observer.close()
      return outcome
    } catch {
      await observer.close()
      throw error
    }
  }

  /// What the session is set to before each migration; one that must not write stays so.
  private func settings(of project: Project) -> [String: String] {
    var settings = project.sessionSettings
    if target.isReadOnly { settings["default_transaction_read_only"] = "on" }
    return settings
  }

  /// Records migrations as applied without running them.
  func adopt(
    _ migrations: [Migration], of project: Project, because reasons: [MigrationID: String] = [:]
  ) async throws {
    try await refuseLentSession()
    try await waitForHistory()
    try await namingHolders {
      try await Adoption(connection: connection, project: project.name, identity: .current())
        .adopt(migrations, because: reasons)
    }
  }

  /// What settles inconsistent rows of the history.
  func historyRepair(of project: Project) -> HistoryRepair {
    HistoryRepair(connection: connection, project: project.name, identity: .current())
  }

  /// Judges expectations and evidence; what must be asked of the server is asked over this session.
  func findings(of assessment: Assessment, selection: Set<MigrationID>? = nil) async throws -> [Finding] {
    let connection = connection
    let loaded = assessment.loaded
    let waits = ExtensionWaits(
      of: loaded.project, graph: loaded.graph, statuses: assessment.statuses, snapshot: assessment.snapshot)
    let findings = try await Verifier.findings(
      of: loaded.project, statuses: assessment.statuses, snapshot: assessment.snapshot,
      selection: selection, drifts: try await drift(of: assessment).drifts, waits: waits,
      ask: { try await Self.answer($0, over: connection) })
    // What keeps a migration out explains everything that is missing of it, so it comes first.
    return waits.findings(selection: selection) + findings
      + RequirementJudge.findings(
        of: loaded.project, graph: loaded.graph, statuses: assessment.statuses,
        snapshot: assessment.snapshot,
        selection: selection)
  }

  /// Compares the live schema with what the migrations that are in have left.
  func drift(of assessment: Assessment) async throws -> DriftReport {
    let reader = CatalogReader(connection)
    return try await DriftJudge(
      assessment.loaded.project, statuses: assessment.statuses, snapshot: assessment.snapshot,
      following: assessment.judge
    ).report { pairs in
      do {
        return try await reader.compare(pairs)
      } catch let error as PostgresError where error.code == .server {
        // A server that does not answer (no PL/pgSQL, a statement timeout) leaves the question open.
        return pairs.map { _ in .incomparable(error.message) }
      }
    }
  }

  /// What is wrong with the access to what the project's migrations make.
  func accessFindings(of assessment: Assessment) async throws -> [Finding] {
    let advisor = AccessAdvisor(
      AccessMatrix(assessment.snapshot), facts: try await CatalogReader(connection).advisorFacts())
    let project = assessment.loaded.project
    return ProjectFindings(advisor.findings, options: project.findings).verified(for: project)
  }

  /// Asks a query of the project file; in a transaction that cannot write, and that is rolled back.
  private static func answer(_ query: String, over connection: Connection) async throws -> QueryAnswer {
    try await connection.withLease { lease in
      _ = try await lease.query("BEGIN READ ONLY")
      do {
        let result = try await lease.query(query)
        _ = try await lease.query("ROLLBACK")
        return .text(result.rows.first?[0])
      } catch let error as PostgresError where error.code == .server {
        _ = try await lease.query("ROLLBACK")
        return .refused(error.message)
      }
    }
  }
}

extension Project {
  /// What a session is set to before each migration.
  fileprivate var sessionSettings: [String: String] {
    guard let searchPath else { return [:] }
    let quoted = searchPath.map { schema in
      "\"" + schema.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
    return ["search_path": quoted.joined(separator: ", ")]
  }
}

extension OperatorIdentity {
  /// The account, machine and program of this process.
  static func current() -> OperatorIdentity {
    let account = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) }
    var name = utsname()
    uname(&name)
    let host = withUnsafeBytes(of: &name.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return OperatorIdentity(
      user: Environment.variable("SUDO_USER") ?? account ?? "uid \(geteuid())", host: host,
      clientVersion: SignalboxVersion.text)
  }
}

/// The clocks of this process.
enum Clock {
  /// The time of day, in seconds since 1970, UTC.
  static func now() -> Double { read(CLOCK_REALTIME) }

  /// The time that documents bear: that of `SOURCE_DATE_EPOCH`, so that one can be made again, else that of day.
  static func documentTime() -> Double {
    Environment.variable("SOURCE_DATE_EPOCH").flatMap(Double.init) ?? now()
  }

  /// A clock that never goes back, in seconds.
  static func uptime() -> Double { read(CLOCK_MONOTONIC) }

  /// How far the operator's time zone is ahead of UTC now, in seconds.
  static func secondsFromUTC() -> Int {
    var now = time(nil)
    var local = tm()
    localtime_r(&now, &local)
    return local.tm_gmtoff
  }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
