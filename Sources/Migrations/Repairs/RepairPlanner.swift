import Schema
import Script

/// Finds what is inconsistent in a target's history, and what settles each case.
///
/// | problem | catalog | action |
/// |---|---|---|
/// | the file changed | any | realign; where something is missing or differs, only if the operator insists |
/// | the file is missing | any | retire the row, or remove it where the operator says so |
/// | interrupted or failed | all is there, and what is left to do changes objects only | applied |
/// | interrupted or failed | nothing is there, and no statement is recorded as done | remove: it is pending again |
/// | interrupted | anything else | failed, with the statements that are recorded as done |
/// | failed | anything else | nothing: the next run goes on behind the last statement |
/// | recorded as in | nothing is there | reverted: it is pending again |
/// | recorded as in | some is there | nothing: the objects are what is wrong, not the history |
public struct RepairPlanner: Sendable {
  private let files: [MigrationID: Migration]
  private let unusable: Set<ObjectIdentity>
  private let forgetsMissing: Bool

  /// Makes a planner for one project.
  ///
  /// - Parameters:
  ///   - unusable: objects that are there but of no use: indexes left invalid by a half-done build.
  ///   - forgetsMissing: whether the rows of missing files are deleted rather than kept as a trace.
  public init(_ project: Project, unusable: Set<ObjectIdentity> = [], forgetsMissing: Bool = false) {
    files = Dictionary(project.migrations.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.unusable = unusable
    self.forgetsMissing = forgetsMissing
  }

  /// The repairs, in the order of the statuses.
  public func repairs(_ statuses: [MigrationStatus]) -> [Repair] { statuses.compactMap(repair) }

  private func repair(_ status: MigrationStatus) -> Repair? {
    guard let entry = status.history else { return missingElsewhere(status) }
    switch status.state {
    case .missing: return missing(status, entry)
    case .interrupted, .failed: return unfinished(status, entry)
    case .changed, .applied, .partial:
      if let change = status.change { return changed(status, change) }
      return status.state == .partial ? contradicted(status) : nil
    case .pending, .skipped, .archived, .superseded: return nil
    }
  }

  private func changed(_ status: MigrationStatus, _ change: FileChange) -> Repair {
    let script = files[status.id]?.script
    var reason = script.map { change.words(in: $0) } ?? ""
    let wrong = wrong(status)
    if !wrong.isEmpty {
      let all = wrong == missing(status) ? "that the file makes is there" : "is there as the file makes it"
      reason += "; but not everything \(all): \(list(wrong))"
    } else if change != .commentsOnly {
      reason +=
        isInconclusive(status)
        ? "; nothing that the file does can be looked up" : "; all that the file makes is there"
    }
    return Repair(
      id: status.id, problem: .changed, action: .realign, reason: reason,
      isContradicted: !wrong.isEmpty && change != .commentsOnly)
  }

  private func missing(_ status: MigrationStatus, _ entry: HistoryEntry) -> Repair {
    Repair(
      id: status.id, problem: .missing,
      action: forgetsMissing ? .remove : .settle(.retired, statementsDone: entry.statementsDone),
      reason: forgetsMissing
        ? "the project has no such file, and its row is to be forgotten"
        : "the project has no such file; the row stays as a trace")
  }

  private func missingElsewhere(_ status: MigrationStatus) -> Repair? {
    guard status.state == .missing, let tool = status.otherTools.first else { return nil }
    return Repair(
      id: status.id, problem: .missing, action: .nothing,
      reason: "it is in the history of \(tool), which Signalbox does not change: "
        + (tool == "supabase" ? "`supabase migration repair --status reverted`" : "settle it there"))
  }

  private func unfinished(_ status: MigrationStatus, _ entry: HistoryEntry) -> Repair {
    let problem: Repair.Problem = status.state == .interrupted ? .interrupted : .failed
    func repair(_ action: Repair.Action, _ reason: String) -> Repair {
      Repair(id: status.id, problem: problem, action: action, reason: reason)
    }
    let done = "\(entry.statementsDone) of \(entry.statementsTotal) statements are recorded as done"
    if isInconclusive(status) {
      if entry.statementsTotal > 0, entry.statementsDone == entry.statementsTotal {
        return repair(.settle(.applied, statementsDone: entry.statementsDone), "all its statements are done")
      }
      let unknown = "nothing that it does can be looked up; \(done)"
      return problem == .failed
        ? repair(.nothing, "\(unknown): the next `apply` goes on behind them")
        : repair(.settle(.failed, statementsDone: entry.statementsDone), unknown)
    }
    let (missing, wrong) = (missing(status), wrong(status))
    let expected = status.evidence?.expected ?? 0
    let all = expected == 1 ? "its object is there" : "all \(expected) objects are there"
    if wrong.isEmpty, leavesUnseen(status.id, behind: entry.statementsDone) {
      let reason =
        "\(all), but statements are left that leave nothing to look up; \(done)"
      return problem == .failed
        ? repair(.nothing, "\(reason): the next `apply` goes on behind them")
        : repair(.settle(.failed, statementsDone: entry.statementsDone), reason)
    }
    if wrong.isEmpty { return repair(.settle(.applied, statementsDone: entry.statementsTotal), all) }
    if missing.count == expected, entry.statementsDone == 0 {
      return repair(.remove, "nothing of it is there; it is pending again")
    }
    let there = wrong == missing ? "there" : "as they should be"
    let half = "\(expected - wrong.count) of \(expected) objects are \(there), not \(list(wrong)); \(done)"
    let invalid = missing.filter(unusable.contains)
    let advice =
      invalid.isEmpty ? "" : "; drop \(list(invalid)) first, which is invalid"
    return problem == .failed
      ? repair(.nothing, "\(half): the next `apply` goes on behind them\(advice)")
      : repair(.settle(.failed, statementsDone: entry.statementsDone), half + advice)
  }

  /// Whether a statement that is not recorded as done does something that no object shows, such as changing rows.
  private func leavesUnseen(_ id: MigrationID, behind done: Int) -> Bool {
    (files[id]?.script.statements ?? []).dropFirst(done).contains { statement in
      statement.transactionRule == .any && statement.repetition != .harmless
        && !statement.effects.contains { $0.action != .uses }
    }
  }

  private func contradicted(_ status: MigrationStatus) -> Repair {
    let missing = missing(status)
    let expected = status.evidence?.expected ?? 0
    if missing.count == expected {
      return Repair(
        id: status.id, problem: .contradicted, action: .settle(.reverted, statementsDone: 0),
        reason: "none of its \(expected) objects is there; it is pending again")
    }
    let wrong = wrong(status)
    return Repair(
      id: status.id, problem: .contradicted, action: .nothing,
      reason: "\(expected - wrong.count) of \(expected) objects are as they should be, not \(list(wrong)): "
        + "run the statements that make them again, or write a migration")
  }

  /// What should be there and is not, or is of no use.
  private func missing(_ status: MigrationStatus) -> [ObjectIdentity] {
    (status.evidence?.items ?? []).filter { item in
      item.verdict == .missing || (item.action != .drops && unusable.contains(item.object))
    }.map(\.object)
  }

  /// What is missing, and what is there otherwise than it should be.
  private func wrong(_ status: MigrationStatus) -> [ObjectIdentity] {
    let differing = status.evidence?.items.compactMap { item -> ObjectIdentity? in
      if case .differs = item.verdict { item.object } else { nil }
    }
    let missing = missing(status)
    return missing + (differing ?? []).filter { !missing.contains($0) }
  }

  private func isInconclusive(_ status: MigrationStatus) -> Bool { status.evidence?.isInconclusive ?? true }

  private func list(_ objects: [ObjectIdentity]) -> String {
    let rest = objects.count - 1
    let first = objects.first?.description ?? ""
    return rest > 0 ? "\(first) and \(rest) more" : first
  }
}
