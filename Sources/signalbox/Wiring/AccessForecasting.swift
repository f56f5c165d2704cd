import Catalog
import Migrations
import Postgres
import Rollout
import Synchronization
import Verification

extension AccessOutlook {
  /// An outlook that announces nothing, and says why nothing is known.
  static func unknown(of plan: Plan, because reason: String) -> AccessOutlook {
    let steps = plan.steps.map { AccessOutlook.Step($0.migration.id, change: AccessChange()) }
    var outlook = AccessOutlook(.prediction, steps: steps)
    if !steps.isEmpty {
      outlook.steps[0].unknowns = [
        AccessOutlook.Unknown("how access changes could not be found out: \(reason)")
      ]
    }
    return outlook
  }
}

extension TargetSession {
  /// Foretells from the files how a plan changes what roles reach; runs nothing and takes no lock.
  func accessForecast(of plan: Plan, in project: Project) async throws -> AccessOutlook {
    var scope = project.snapshotScope
    scope.includesSizes = false
    scope.includesDependencies = true
    let asked = scope
    let snapshot = try await look { try await $0.snapshot(asked) }
    return AccessForecaster.forecast(plan, on: snapshot, role: connection.server.user)
  }

  /// Finds out how a plan changes what roles reach by running it in a transaction that is rolled back.
  ///
  /// - Throws: ``CommandFailure`` with what failed, if something does.
  func accessRehearsal(of launch: RunLaunch) async throws -> AccessOutlook {
    var launch = launch
    launch.mode = .dryRun
    let events = Mutex<[RunEvent.Kind]>([])
    let outcome = try await run(launch, control: RunControl()) { event in
      events.withLock { $0.append(event.kind) }
    }
    var changes: [MigrationID: AccessChange] = [:]
    for event in events.withLock({ $0 }) {
      switch event {
      case .accessChanged(let id, let change): changes[id] = change
      case .migrationFinished(let id, .rolledBack(let message), _):
        let place = message.location.map { "\($0): " } ?? ""
        throw CommandFailure(.failed, "the rehearsal of \(id) failed: \(place)\(message.message)")
      default: continue
      }
    }
    guard outcome == .done else { throw CommandFailure(.stopped, "the rehearsal was stopped") }
    return AccessOutlook(
      .rehearsal,
      steps: launch.plan.steps.map {
        AccessOutlook.Step($0.migration.id, change: changes[$0.migration.id] ?? AccessChange())
      })
  }
}
