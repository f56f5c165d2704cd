public import Migrations
public import Schema
import Script

/// Foretells from what migrations say how they change what roles reach; nothing is run and nothing is locked.
public enum AccessForecaster {
  /// How the steps of a plan change access, one after the other.
  ///
  /// - Parameters:
  ///   - snapshot: The database as it is, with its dependencies (``SnapshotScope`` must ask for them).
  ///   - role: The role that will run them.
  public static func forecast(_ plan: Plan, on snapshot: Snapshot, role: String) -> AccessOutlook {
    var prediction = AccessPrediction(snapshot, role: role)
    var before = AccessMatrix(snapshot)
    var steps: [AccessOutlook.Step] = []
    for step in plan.steps {
      for statement in step.statements where statement.form != .psqlCommand {
        prediction.follow(statement, in: step.migration.file)
      }
      let after = AccessMatrix(prediction.snapshot)
      let comparison = AccessComparison(
        from: before, to: after, uncertain: prediction.uncertain, readOnly: prediction.newViews)
      steps.append(
        AccessOutlook.Step(
          step.migration.id, change: comparison.change, unknowns: prediction.takeUnknowns()))
      before = after
    }
    return AccessOutlook(.prediction, steps: steps)
  }
}
