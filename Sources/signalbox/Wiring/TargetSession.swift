import Catalog
import Migrations
import Postgres
import Report
import Rollout
import Schema
import Verification

/// A connection to a target, and what commands ask of it.
struct TargetSession: Sendable {
  let connection: Connection
  let notices: NoticeRelay
  let target: Target
  /// Whether the server itself refused changes before this session was made read-only; nil if it was not.
  let isReadOnlyByServer: Bool?

  /// Connects; to a protected target read-only, until it is unlocked.
  ///
  /// - Throws: ``PostgresError``; ``CommandFailure`` if the session cannot be kept from writing as it should be.
  static func connect(_ target: Target) async throws -> TargetSession {
    let notices = NoticeRelay()
    let (connection, target) = try await open(target, onNotice: notices.hear)
    do {
      let wasReadOnly = try await keepFromWriting(connection, to: target)
      return TargetSession(
        connection: connection, notices: notices, target: target, isReadOnlyByServer: wasReadOnly)
    } catch {
      await connection.close()
      throw error
    }
  }

  /// Whether the server refuses changes in a session, as a standby does.
  static func isReadOnly(_ connection: Connection) async throws -> Bool {
    let answer = try await connection.query(
      "SELECT current_setting('transaction_read_only')::boolean AS read_only")
    return try answer.rows.first?.bool("read_only") ?? false
  }

  /// Lends a session that may change things, after the operator has confirmed it; a protected target's is a new one.
  func unlocked<Success: Sendable>(_ body: (TargetSession) async throws -> Success) async throws -> Success {
    guard target.isProtected, !target.isReadOnly else { return try await body(self) }
    var unprotected = target
    unprotected.isProtected = false
    return try await Self.with(unprotected, body)
  }

  /// Connects, lends the session, and closes it whatever happens.
  static func with<Success: Sendable>(
    _ target: Target, _ body: (TargetSession) async throws -> Success
  ) async throws -> Success {
    let session = try await connect(target)
    do {
      let result = try await body(session)
      await session.connection.close()
      return result
    } catch {
      await session.connection.close()
      throw error
    }
  }

  /// The database as documents describe it.
  var database: StatusDocument.Database {
    StatusDocument.Database(
      name: connection.server.database, host: connection.server.host,
      version: connection.server.versionText)
  }

  /// Asks the catalog and the histories, and judges where each migration stands.
  ///
  /// - Parameters:
  ///   - includingDependencies: whether the snapshot tells which object needs which.
  ///   - includingSizes: whether it tells how large the tables are, which costs a look at every file.
  ///   - known: what the histories say, if they were asked already.
  func assess(
    _ loaded: LoadedProject, includingDependencies: Bool = false, includingSizes: Bool = true,
    history known: History? = nil
  ) async throws -> Assessment {
    // What the files make is followed while the server answers.
    async let judge = Self.judge(of: loaded.project)
    var scope = loaded.project.snapshotScope
    scope.includesDependencies = includingDependencies
    scope.includesSizes = includingSizes
    let asked = scope
    let questions = known == nil ? HistoryReader.questions : []
    let answer = try await look { try await $0.snapshot(asked, asking: questions) }
    var snapshot = answer.snapshot
    // Looking at every extension's files takes the server a moment, so only where something wants to be installed.
    if loaded.project.runnableMigrations.flatMap(\.extensionNeeds).contains(where: {
      !snapshot.contains(ObjectIdentity(.extension, name: $0.name))
    }) {
      snapshot.availableExtensions = try await CatalogReader(connection).availableExtensions()
    }
    let reader = HistoryReader(connection: connection, project: loaded.project.name)
    let history: History
    if let known {
      history = known
    } else {
      history = try await look { _ in
        try await reader.read(found: answer.answers, comparedWith: loaded.project.migrations)
      }
    }
    if let meant = try loaded.read(forSessionWith: answer.searchPath, in: snapshot) {
      return Assessment(loaded: meant, snapshot: snapshot, moment: answer.moment, history: history)
    }
    return Assessment(
      loaded: loaded, snapshot: snapshot, moment: answer.moment, history: history, following: await judge)
  }

  /// What follows the objects of a project through its files; nil where it hangs on the target which files count.
  private static func judge(of project: Project) async -> EvidenceJudge? {
    project.baselines.isEmpty ? EvidenceJudge(project) : nil
  }

  /// What the histories say of a project.
  ///
  /// - Parameter includingStatements: whether of a file that has changed it is read what ran.
  func history(of loaded: LoadedProject, includingStatements: Bool) async throws -> History {
    let reader = HistoryReader(connection: connection, project: loaded.project.name)
    return try await look { _ in
      try await reader.read(comparedWith: includingStatements ? loaded.project.migrations : [])
    }
  }

  /// What the histories say of a project, without what ran of files that are others now.
  ///
  /// - Parameter name: the project's.
  func history(of name: String) async throws -> History {
    let reader = HistoryReader(connection: connection, project: name)
    return try await look { _ in try await reader.read() }
  }

  /// The same history with what ran of those files that are others now.
  func addingStatements(to history: History, of project: Project) async throws -> History {
    let reader = HistoryReader(connection: connection, project: project.name)
    return try await look { _ in
      try await reader.addingStatements(to: history, comparedWith: project.migrations)
    }
  }
}

extension Project {
  /// How closely a snapshot of its targets is read: what the host provides only lightly.
  var snapshotScope: SnapshotScope {
    switch platform {
    case .none: .everything
    case .supabase: .supabase
    }
  }
}

/// What is known of a project on a target at one moment.
struct Assessment: Sendable {
  let loaded: LoadedProject
  let snapshot: Snapshot
  /// Which transactions the snapshot shows; nil if nobody knows.
  let moment: CatalogMoment?
  let history: History
  let evidence: [MigrationID: Evidence]
  /// What has judged the evidence; nil if nothing has.
  let judge: EvidenceJudge?
  /// How the database was, or will be, built where the project has baselines.
  let origin: DatabaseOrigin
  let statuses: [MigrationStatus]

  /// Judges what the target said.
  ///
  /// - Parameter known: one that has followed the project's files already.
  init(
    loaded: LoadedProject, snapshot: Snapshot, moment: CatalogMoment? = nil, history: History,
    following known: EvidenceJudge? = nil
  ) {
    self.loaded = loaded
    self.snapshot = snapshot
    self.moment = moment
    self.history = history
    let judgement = OriginJudge(loaded.project).judge(snapshot, history: history, following: known)
    origin = judgement.origin
    evidence = judgement.evidence
    judge = judgement.judge
    statuses = StateJudge.statuses(
      of: loaded.project, history: history, evidence: evidence, origin: judgement.origin
    ).map { $0.told(of: history.runInProgress) }
  }

  /// Judges what the histories say, where the catalog was not asked.
  init(loaded: LoadedProject, history: History) {
    self.loaded = loaded
    self.history = history
    snapshot = Snapshot()
    moment = nil
    evidence = [:]
    judge = nil
    origin = loaded.project.origin(in: history) ?? .files
    let judged = StateJudge.statuses(of: loaded.project, history: history, evidence: [:], origin: origin)
    statuses = history.runInProgress == nil ? judged : judged.map { $0.told(of: history.runInProgress) }
  }

  /// The migrations that a selection names; the pending ones if it names none.
  func select(_ selectors: [String]) throws -> [MigrationID] {
    try SelectorParser(loaded.project, statuses: statuses).select(selectors.isEmpty ? ["pending"] : selectors)
  }

  /// What running a selection means, what is in already included.
  func planAgain(_ selection: [MigrationID]) -> Plan {
    let chosen = Set(selection)
    let statuses = statuses.map { status in
      let wasLeftOut = status.state == .skipped && status.history?.state == .skipped
      guard chosen.contains(status.id), status.state == .applied || status.state == .changed || wasLeftOut
      else { return status }
      var open = status
      open.state = .pending
      return open
    }
    return Planner.plan(
      selection, of: loaded.project, graph: loaded.graph, statuses: statuses, snapshot: snapshot)
  }

  /// The project as a database of its origin sees it: without the files that have no place there.
  var seenProject: Project {
    loaded.project.baselines.isEmpty ? loaded.project : loaded.project.seen(from: origin)
  }

  /// The extensions that migrations which are still to run install, and that the server cannot give.
  var unavailableExtensions: [UnavailableExtension] {
    loaded.project.unavailableExtensions(on: snapshot, statuses: statuses)
  }

  /// What running a selection means.
  func plan(_ selection: [MigrationID]) -> Plan {
    Planner.plan(selection, of: loaded.project, graph: loaded.graph, statuses: statuses, snapshot: snapshot)
  }
}

extension MigrationStatus {
  /// The status with the run that is at the migration now, where it is not interrupted but under way.
  fileprivate func told(of run: SessionDescription?) -> MigrationStatus {
    guard state == .interrupted, let run else { return self }
    var told = self
    let done = history.map { "\($0.statementsDone) of \($0.statementsTotal) statements are done" }
    told.note = (["a run is at it now: \(run.summary)", done].compactMap { $0 }).joined(separator: "; ")
    return told
  }
}
