/// Works out which components work once which migrations are in.
public struct Compatibility: Sendable {
  /// The stages, in order: those of the project file, else the phases that some component needs something of.
  public let stages: [CompatibilityStage]
  private let order: [MigrationID]

  /// Takes what the project declares.
  public init(_ project: Project) {
    order = project.runnableMigrations.map(\.id)
    guard project.stages.isEmpty else {
      stages = project.stages
      return
    }
    let needed = Set(project.components.flatMap { $0.needs + $0.wants })
    let places = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    stages = project.phases.filter { !needed.isDisjoint(with: $0.migrations) }.compactMap { phase in
      phase.migrations.max { places[$0] ?? 0 < places[$1] ?? 0 }
        .map { CompatibilityStage(name: phase.name, through: $0) }
    }
  }

  /// The migrations that are in at a stage.
  public func migrations(in stage: CompatibilityStage) -> [MigrationID] {
    guard let last = order.firstIndex(of: stage.through) else { return [] }
    return Array(order[...last])
  }

  /// The migrations that a stage adds to the one before it; of the first stage, its last migration.
  public func migrations(newIn stage: CompatibilityStage) -> [MigrationID] {
    guard let index = stages.firstIndex(of: stage), index > 0 else { return [stage.through] }
    let before = Set(migrations(in: stages[index - 1]))
    return migrations(in: stage).filter { !before.contains($0) }
  }

  /// How well a component works at a stage.
  public func support(of component: Component, at stage: CompatibilityStage) -> ComponentSupport {
    component.stated[stage.name] ?? support(of: component, with: Set(migrations(in: stage)))
  }

  /// How well a component works with these migrations in; what is stated of a stage counts while it is the last that is
  /// whole.
  public func support(of component: Component, applied: Set<MigrationID>) -> ComponentSupport {
    let whole = stages.last { applied.isSuperset(of: migrations(in: $0)) }
    return whole.flatMap { component.stated[$0.name] } ?? support(of: component, with: applied)
  }

  private func support(of component: Component, with applied: Set<MigrationID>) -> ComponentSupport {
    if !component.needs.allSatisfy(applied.contains) { return .none }
    return component.wants.allSatisfy(applied.contains) ? .full : .partial
  }
}
