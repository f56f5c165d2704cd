import Migrations
import Script

extension PlanStep {
  /// The step as it goes on where an earlier run has left it, which the history remembers.
  ///
  /// Statements that are done are not to be done again in a transaction, even if what is left could run in one.
  func continued(_ entry: HistoryEntry) -> PlanStep {
    guard [.running, .failed].contains(entry.state), entry.statementsDone > 0, mode == .single else {
      return self
    }
    var step = self
    step.mode = .statementByStatement(
      reason: "\(entry.statementsDone) of its statements are done already")
    step.statements = migration.script.statements
    return step
  }
}
