import Migrations
import Schema
import Script

/// Checks a database against what the migrations left in it and what the project expects of it.
///
/// **Evidence.** Each object that proves a migration which is in (or half in) is one check: passed, or a failure. Of a
/// pending migration nothing can be asked yet; that it is pending is one warning, so that a database that is complete
/// verifies without any.
///
/// **Drift.** An object that is there, but not as the files say, is one failure for each part that disagrees; it stands
/// instead of what the evidence says of the object.
///
/// **Expectations.** Each claim is one check. A claim that belongs to a pending migration may hold already (passed); if
/// not, it is a failure where the project file gives the migration a high priority (`high`, `critical`, `urgent`): then
/// the database cannot do its work without it. Otherwise it is a warning. Claims of skipped and archived migrations are
/// not checked: they must not be in.
public enum Verifier {
  /// The findings, passed checks included: migration by migration in the project's order, evidence before expectations;
  /// then the expectations that belong to no migration.
  ///
  /// - Parameters:
  ///   - selection: the migrations to check; nil for all, and the expectations that belong to none.
  ///   - drifts: in what the database disagrees with the files (``DriftJudge``); what no migration made, or an archived one, is left out.
  ///   - waits: the extensions that pending migrations wait for: what is expected of these cannot hold yet, and is counted.
  ///   - ask: puts an expectation's query to the database. What it throws ends the verification.
  public static func findings(
    of project: Project, statuses: [MigrationStatus], snapshot: Snapshot, selection: Set<MigrationID>? = nil,
    drifts: [Drift] = [], waits: ExtensionWaits? = nil, ask: (String) async throws -> QueryAnswer
  ) async throws -> [Finding] {
    let drifts = drifts.filter { $0.kind != .unmanaged && $0.kind != .archived }
    let driftsOfMigrations = Dictionary(grouping: drifts, by: \.migration)
    let drifting = Set(drifts.filter { $0.kind == .changed }.map(\.object))
    let asksForAccess = project.expectations.contains {
      if case .access = $0.claim { true } else { false }
    }
    let judge = ExpectationJudge(
      snapshot: snapshot, matrix: asksForAccess ? AccessMatrix(snapshot) : nil)
    let files = Dictionary(project.migrations.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let claims = Dictionary(grouping: project.expectations, by: \.migration)
    var findings: [Finding] = []

    func check(
      _ expectations: [Expectation], unmet severity: Finding.Severity, waitingFor extensions: [String] = []
    ) async throws {
      var waiting = 0
      for expectation in expectations {
        let judgement = try await judge.judge(expectation.claim, ask: ask)
        if judgement.code != nil, !extensions.isEmpty {
          waiting += 1
          continue
        }
        findings.append(
          Finding(
            code: judgement.code ?? FindingCode.expectationMet,
            severity: judgement.code == nil ? .pass : severity,
            migration: expectation.migration, object: judgement.object, message: judgement.message,
            location: expectation.location))
      }
      guard waiting > 0, let migration = expectations.first?.migration else { return }
      findings.append(waitingFinding(waiting, migration, extensions))
    }

    for status in statuses where selection?.contains(status.id) ?? true {
      let file = files[status.id]
      findings += stateFindings(status, file)
      switch status.state {
      case .skipped, .archived, .superseded, .missing: continue
      case .pending:
        try await check(
          claims[status.id] ?? [], unmet: isUrgent(file) ? .failure : .warning,
          waitingFor: waits?.extensions(for: status.id) ?? [])
      case .applied, .partial, .failed, .interrupted, .changed:
        let evidence = evidenceFindings(status, file, except: drifting)
        let told = Set(evidence.filter { $0.severity == .failure }.compactMap(\.object))
        findings += evidence
        findings += (driftsOfMigrations[status.id] ?? []).filter { !told.contains($0.object) }.map(\.finding)
        try await check(claims[status.id] ?? [], unmet: .failure)
      }
    }
    if selection == nil { try await check(claims[nil] ?? [], unmet: .failure) }
    return findings
  }

  private static func waitingFinding(
    _ count: Int, _ migration: MigrationID, _ extensions: [String]
  ) -> Finding {
    let names = extensions.map { "`\($0)`" }.joined(separator: ", ")
    return Finding(
      code: FindingCode.expectationWaiting, severity: .warning, migration: migration,
      message: "\(count == 1 ? "1 expectation waits" : "\(count) expectations wait") for "
        + "\(extensions.count == 1 ? "extension" : "extensions") \(names)")
  }

  private static func isUrgent(_ migration: Migration?) -> Bool {
    migration?.notes.priority.map { ["high", "critical", "urgent"].contains($0.lowercased()) } ?? false
  }

  private static func stateFindings(_ status: MigrationStatus, _ file: Migration?) -> [Finding] {
    let code: String
    var severity = Finding.Severity.warning
    var message: String
    switch status.state {
    case .pending:
      code = FindingCode.migrationPending
      message = "\(status.id) is pending"
    case .failed:
      code = FindingCode.migrationFailed
      severity = .failure
      message = "\(status.id) failed"
    case .interrupted:
      code = FindingCode.migrationInterrupted
      severity = .failure
      message = "\(status.id) was interrupted"
    case .changed:
      code = FindingCode.migrationChanged
      message = "\(status.id) was changed after it ran"
      if let change = status.change, let file { message += ": \(change.words(in: file.script))" }
    case .missing:
      code = FindingCode.migrationMissing
      message = "\(status.id) is in the history, but the project has no such file"
    case .applied, .partial, .skipped, .archived, .superseded:
      return []
    }
    if status.state == .pending, let evidence = status.evidence, !evidence.isInconclusive {
      message += ": \(evidence.found) of \(evidence.expected) objects are there"
    }
    return [
      Finding(
        code: code, severity: severity, migration: status.id, message: message,
        location: file.map { FileLocation(file: $0.file) })
    ]
  }

  private static func evidenceFindings(
    _ status: MigrationStatus, _ file: Migration?, except drifting: Set<ObjectIdentity>
  ) -> [Finding] {
    (status.evidence?.items ?? []).filter { $0.verdict == .missing || !drifting.contains($0.object) }.map {
      item in
      let code: String
      let message: String
      switch item.verdict {
      case .found:
        code = FindingCode.evidenceFound
        message = item.action == .drops ? "\(item.object) is gone" : "\(item.object) is there"
      case .missing:
        code = FindingCode.evidenceMissing
        message = item.action == .drops ? "\(item.object) was not dropped" : "\(item.object) is not there"
      case .differs(let how):
        code = FindingCode.evidenceDiffers
        message = "\(item.object) is not as \(status.id) leaves it: \(how)"
      }
      return Finding(
        code: code, severity: item.verdict == .found ? .pass : .failure, migration: status.id,
        object: item.object,
        message: message, location: file.map { FileLocation(file: $0.file, position: item.position) })
    }
  }
}
