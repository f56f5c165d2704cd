import Migrations
import Schema
import Script

/// Indexes that a `CREATE INDEX CONCURRENTLY` which did not come to its end has left: there, kept up, and of no use.
public enum InvalidIndexes {
  /// Those that stand in the way of a step, because it builds an index of that name.
  public static func inTheWay(of step: PlanStep, in snapshot: Snapshot) -> [ObjectIdentity] {
    step.statements.flatMap(\.effects).compactMap { effect in
      guard effect.action == .creates, effect.object.kind == .index,
        case .index(let index) = snapshot[effect.object]?.detail, !index.isValid
      else { return nil }
      return effect.object
    }
  }
}
