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
    forecast(
      plan.steps.map { ($0.migration.id, $0.migration.file, $0.statements) }, on: snapshot, role: role)
  }

  /// How the scripts of a plan that takes migrations back change access.
  public static func forecast(_ plan: RevertPlan, on snapshot: Snapshot, role: String) -> AccessOutlook {
    forecast(plan.steps.map { ($0.migration.id, $0.file, $0.statements) }, on: snapshot, role: role)
  }

  private static func forecast(
    _ scripts: [(id: MigrationID, file: String, statements: [Statement])], on snapshot: Snapshot, role: String
  ) -> AccessOutlook {
    var prediction = AccessPrediction(snapshot, role: role)
    var follower = AccessFollower(snapshot)
    var steps: [AccessOutlook.Step] = []
    for script in scripts {
      for statement in script.statements where statement.form != .psqlCommand {
        prediction.follow(statement, in: script.file)
      }
      let delta = prediction.takeDelta()
      let change = follower.follow(
        delta, uncertain: prediction.uncertain, readOnly: prediction.newViews,
        inside: prediction.catalog.objects(in:))
      steps.append(AccessOutlook.Step(script.id, change: change, unknowns: prediction.takeUnknowns()))
    }
    return AccessOutlook(.prediction, steps: steps)
  }
}
