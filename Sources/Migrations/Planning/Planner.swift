import Schema
import Script

/// Turns a selection into a plan: what is needed comes along, in an order in which it can run.
public enum Planner {
  /// The plan for a selection on a target.
  ///
  /// What is in already (applied, changed, superseded) is left out; so is a requirement that is partly in, because
  /// running it again could do harm: select it to have it run.
  ///
  /// - Parameters:
  ///   - statuses: the states on the target; a migration without one is taken as pending.
  ///   - snapshot: the target's catalog; where it tells which extensions the server has, a step that installs another
  ///     is a problem.
  public static func plan(
    _ selection: [MigrationID], of project: Project, graph: RequirementGraph, statuses: [MigrationStatus],
    snapshot: Snapshot = Snapshot()
  ) -> Plan {
    let states = Dictionary(statuses.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let migrations = Dictionary(
      project.migrations.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let covered = Set(project.baselines.flatMap(\.covers))
    var plan = Plan()
    var wanted: [MigrationID] = []
    for id in selection {
      guard let migration = migrations[id] else {
        plan.problems.append(
          ProjectProblem(code: "unknown-migration", message: "no migration is called `\(id)`"))
        continue
      }
      if let problem = problemOfSelecting(
        migration, states[id], isNamed: selection.count == 1, isCovered: covered.contains(id))
      {
        plan.problems.append(problem)
      } else if !isIn(states[id]) {
        wanted.append(id)
      }
    }
    let members = graph.closure(of: wanted) { isIn(states[$0]) || states[$0]?.state == .partial }
    for member in members {
      guard let migration = migrations[member.id] else { continue }
      if !member.isSelected, let problem = problemOfRequiring(migration, states[member.id], for: member) {
        plan.problems.append(problem)
        continue
      }
      plan.problems += problemsOfRunning(migration)
      plan.problems += UnavailableExtension.among(migration.extensionNeeds, on: snapshot).map(\.problem)
      let choice = TransactionModeChoice(for: migration)
      plan.steps.append(
        PlanStep(
          migration: migration, mode: choice.mode, statements: choice.statements,
          inclusion: member.isSelected ? .selected : .required(by: member.neededBy)))
    }
    return plan
  }

  private static func isIn(_ status: MigrationStatus?) -> Bool {
    switch status?.state {
    case .applied, .changed, .superseded: true
    default: false
    }
  }

  private static func problemOfSelecting(
    _ migration: Migration, _ status: MigrationStatus?, isNamed: Bool, isCovered: Bool
  ) -> ProjectProblem? {
    if let problem = problemOfOrigin(
      migration, status, isNamed: isNamed && (isCovered || migration.isBaseline))
    {
      return problem
    }
    if !migration.isRunnable {
      let word = migration.place == .skipped ? "skipped" : "archived"
      let reason = migration.notes.skipReason.map { ": \($0)" } ?? ""
      return ProjectProblem(
        code: "selected-\(word)", message: "`\(migration.id)` is \(word)\(reason)",
        location: FileLocation(file: migration.file),
        advice: migration.place == .skipped
          ? "leave it out, or take it out of the skipped ones first"
          : "archived migrations are shown, never run")
    }
    return nil
  }

  /// What keeps a migration out of a database that was built in another way: a baseline out of one that is not empty, a
  /// file that a baseline covers out of one that the baseline has built.
  ///
  /// Among many, as in `all`, it is passed over: nobody meant it.
  private static func problemOfOrigin(
    _ migration: Migration, _ status: MigrationStatus?, isNamed: Bool
  ) -> ProjectProblem? {
    guard let status else { return nil }
    let isHalfThere = migration.isBaseline && status.state == .partial && status.history == nil
    guard isHalfThere || (status.state == .superseded && isNamed) else { return nil }
    return ProjectProblem(
      code: migration.isBaseline ? "baseline-on-existing" : "covered-by-baseline",
      message: "`\(migration.id)` is not for this database: \(status.note ?? "it is superseded")",
      location: FileLocation(file: migration.file),
      advice: migration.isBaseline
        ? "`signalbox adopt \(migration.id) --contradicting` records it, if the rest was made in another way"
        : "write a new migration for what it should change")
  }

  private static func problemOfRequiring(
    _ migration: Migration, _ status: MigrationStatus?, for member: ClosureMember
  ) -> ProjectProblem? {
    guard let first = member.mostTelling else { return nil }
    let need = "`\(first.from)` needs `\(migration.id)` (\(first.explanation))"
    if !migration.isRunnable || status?.state == .skipped {
      return ProjectProblem(
        code: "required-skipped",
        message: "\(need), which is \(migration.place == .archived ? "archived" : "skipped")",
        location: FileLocation(file: migration.file),
        advice: "remove the requirement, or take it out of the skipped ones")
    }
    return nil
  }

  /// What keeps a file from being sent to a server.
  private static func problemsOfRunning(_ migration: Migration) -> [ProjectProblem] {
    migration.script.problems.filter { $0.kind != .unknownSyntax }.map {
      MigrationFileLoader.problem($0, file: migration.file)
    } + preparedTransactions(in: migration) + changesOfHistory(in: migration)
  }

  /// The history is not a migration's to change: what it has done could not be recorded any more.
  private static func changesOfHistory(in migration: Migration) -> [ProjectProblem] {
    migration.script.statements.filter { statement in
      // Reading it, or letting a role read it, is anybody's.
      !["GRANT", "REVOKE", "COMMENT"].contains(statement.tag)
        && statement.effects.contains { effect in
          guard effect.action == .drops || effect.action == .alters else { return false }
          switch effect.object.kind {
          case .schema: return effect.object.name == "signalbox"
          case .table, .column: return effect.object.schema == "signalbox"
          default: return false
          }
        }
    }.map { statement in
      ProjectProblem(
        code: "history-changed",
        message: "`\(migration.id)` changes the schema signalbox, which holds the history",
        location: FileLocation(file: migration.file, position: statement.position),
        advice: "leave it to Signalbox; by hand, while nothing runs, it may be dropped")
    }
  }

  /// A prepared transaction outlives its session, and would keep the migration's own row of the history locked.
  private static func preparedTransactions(in migration: Migration) -> [ProjectProblem] {
    migration.script.statements.filter { $0.tag == "PREPARE TRANSACTION" }.map { statement in
      ProjectProblem(
        code: "prepared-transaction",
        message: "`\(migration.id)` prepares a transaction, which would stay open behind it",
        location: FileLocation(file: migration.file, position: statement.position),
        advice: "commit it in the file")
    }
  }
}
