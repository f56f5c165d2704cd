import Schema
import Script

/// The ordered work for one target.
public struct Plan: Sendable, Hashable {
  /// The steps, in order.
  public var steps: [PlanStep]
  /// Why it cannot run as it is; empty if it can.
  public var problems: [ProjectProblem]

  /// Makes a plan from its parts.
  public init(steps: [PlanStep] = [], problems: [ProjectProblem] = []) {
    self.steps = steps
    self.problems = problems
  }
}

/// One migration of a plan, with its transaction mode.
public struct PlanStep: Sendable, Hashable {
  /// The migration.
  public var migration: Migration
  /// How it runs.
  public var mode: TransactionMode
  /// The statements that are sent, in order: the file's, without those that open and close its own transaction.
  public var statements: [Statement]
  /// Why it is in the plan.
  public var inclusion: Inclusion

  /// Makes a step from its parts.
  public init(
    migration: Migration, mode: TransactionMode, statements: [Statement], inclusion: Inclusion = .selected
  ) {
    self.migration = migration
    self.mode = mode
    self.statements = statements
    self.inclusion = inclusion
  }

  /// The strongest lock that it takes on a table that others may be using, if it takes any.
  ///
  /// A table that the migration itself makes for sure is nobody else's before its one commit.
  public var strongestLock: LockForecast? {
    var made: Set<ObjectIdentity> = []
    var strongest: LockForecast?
    for statement in statements {
      for lock in statement.locks where !made.contains(lock.relation) {
        if strongest.map({ $0.mode < lock.mode }) ?? true { strongest = lock }
      }
      let before = made
      for effect in statement.effects
      where mode == .single && (effect.object.kind == .table || effect.object.kind == .materializedView) {
        switch (effect.action, effect.condition) {
        case (.creates, .always) where effect.renamedFrom.map({ before.contains($0) }) ?? true:
          made.insert(effect.object)
        case (.drops, _): made.remove(effect.object)
        default: break
        }
      }
    }
    return strongest
  }

  /// Why a migration is in a plan.
  public enum Inclusion: Sendable, Hashable {
    /// The operator chose it.
    case selected
    /// Others in the plan need it.
    case required(by: [Requirement])
  }
}

/// How a migration runs.
public enum TransactionMode: Sendable, Hashable {
  /// In one transaction, with its verification and its history row.
  case single
  /// Statement by statement, each recorded before and after; the text says why.
  case statementByStatement(reason: String)
}
