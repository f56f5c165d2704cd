import Script

/// The ordered work of taking migrations back.
public struct RevertPlan: Sendable, Hashable {
  /// The steps, in order: what needs others before what they need.
  public var steps: [RevertStep]
  /// The migrations that a rehearsal must apply first, in order; empty for a plan that is to be done.
  public var applications: [PlanStep]
  /// Why it cannot be done as it is; empty if it can.
  public var problems: [ProjectProblem]

  /// Makes a plan from its parts.
  public init(
    steps: [RevertStep] = [], applications: [PlanStep] = [], problems: [ProjectProblem] = []
  ) {
    self.steps = steps
    self.applications = applications
    self.problems = problems
  }
}

/// One migration of a plan to take back, with the script that does it.
public struct RevertStep: Sendable, Hashable {
  /// The migration.
  public var migration: Migration
  /// The file that holds the script, relative to the project's root.
  public var file: String
  /// The statements that are sent: the script's, without those that open and close its own transaction.
  public var statements: [Statement]
  /// How it runs.
  public var mode: TransactionMode

  /// Makes a step from its parts.
  public init(migration: Migration, file: String, statements: [Statement], mode: TransactionMode = .single) {
    self.migration = migration
    self.file = file
    self.statements = statements
    self.mode = mode
  }
}

/// Turns a selection into a plan that takes it back, dependents first.
public enum RevertPlanner {
  /// The plan for a selection on a target.
  ///
  /// - Parameter isRehearsal: whether everything is rolled back in the end; then what is pending is applied first.
  public static func plan(
    _ selection: [MigrationID], of project: Project, graph: RequirementGraph, statuses: [MigrationStatus],
    isRehearsal: Bool = false
  ) -> RevertPlan {
    let states = Dictionary(statuses.map { ($0.id, $0.state) }, uniquingKeysWith: { first, _ in first })
    let chosen = Set(selection)
    var plan = RevertPlan()
    var pending: [MigrationID] = []
    for id in inReverse(selection, graph, project) {
      guard let migration = project.migration(id) else {
        plan.problems.append(
          ProjectProblem(code: "unknown-migration", message: "no migration is called `\(id)`"))
        continue
      }
      switch states[id] {
      case .applied, .changed, .partial, .superseded: break
      case .pending, nil:
        // What is not in has nothing to take back, just as what is in has nothing to apply.
        guard isRehearsal else { continue }
        pending.append(id)
      default:
        plan.problems.append(
          ProjectProblem(
            code: "not-applied",
            message: "`\(id)` is \(states[id]?.rawValue ?? "pending"): it cannot be taken back",
            location: FileLocation(file: migration.file),
            advice: states[id] == .failed || states[id] == .interrupted
              ? "`signalbox repair` settles how it ended" : "leave it out"))
        continue
      }
      if let step = step(migration, &plan.problems) { plan.steps.append(step) }
      for dependent in dependents(of: id, in: graph)
      where !chosen.contains(dependent.id) && isIn(states[dependent.id]) {
        plan.problems.append(
          ProjectProblem(
            code: "still-needed",
            message:
              "`\(dependent.id)`, which is \(states[dependent.id]?.rawValue ?? "applied"), needs `\(id)` (\(dependent.why))",
            location: FileLocation(file: project.migration(dependent.id)?.file ?? migration.file),
            advice: "take it back, too: signalbox revert \(id) \(dependent.id)"))
      }
    }
    if !pending.isEmpty {
      let application = Planner.plan(pending, of: project, graph: graph, statuses: statuses)
      plan.problems += application.problems
      plan.applications = application.steps
    }
    return plan
  }

  /// The script of a migration, or why there is none that can be run.
  private static func step(_ migration: Migration, _ problems: inout [ProjectProblem]) -> RevertStep? {
    guard let file = migration.revertFile, let script = migration.revertScript else {
      problems.append(
        ProjectProblem(
          code: "no-revert-script", message: "`\(migration.id)` has no script that takes it back",
          location: FileLocation(file: migration.file),
          advice:
            "write one beside it (\(migration.id).down.sql), or name it in signalbox.toml: revert = \"…\""))
      return nil
    }
    problems += script.problems.filter { $0.kind != .unknownSyntax }.map {
      MigrationFileLoader.problem($0, file: file)
    }
    var way = migration
    way.script = script
    let choice = TransactionModeChoice(for: way)
    return RevertStep(migration: migration, file: file, statements: choice.statements, mode: choice.mode)
  }

  /// What needs a migration, straight or through others, each with the reason of the last edge.
  private static func dependents(
    of id: MigrationID, in graph: RequirementGraph
  ) -> [(id: MigrationID, why: String)] {
    var found: [(id: MigrationID, why: String)] = []
    var seen: Set<MigrationID> = [id]
    var waiting = [id]
    while let next = waiting.popLast() {
      for requirement in graph.dependents(of: next) where seen.insert(requirement.from).inserted {
        found.append((requirement.from, requirement.explanation))
        waiting.append(requirement.from)
      }
    }
    return found
  }

  private static func inReverse(
    _ selection: [MigrationID], _ graph: RequirementGraph, _ project: Project
  ) -> [MigrationID] {
    let places = Dictionary(
      graph.order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let files = Dictionary(
      project.migrations.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    return selection.sorted { left, right in
      let (one, other) = (places[left] ?? -1, places[right] ?? -1)
      return one != other ? one > other : files[left] ?? -1 > files[right] ?? -1
    }
  }

  private static func isIn(_ state: MigrationState?) -> Bool {
    switch state {
    case .applied, .changed, .partial, .failed, .interrupted: true
    default: false
    }
  }
}
