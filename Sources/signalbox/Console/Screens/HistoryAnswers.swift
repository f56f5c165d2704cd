import Console
import Migrations
import Rollout

extension TargetSession {
  /// Answers the History screen.
  func answer(_ request: HistoryRequest, about project: LoadedProject) async throws -> HistoryAnswer {
    let reader = RunReader(connection: connection, project: project.project.name)
    switch request {
    case .read:
      let history = try await HistoryReader(connection: connection, project: project.project.name)
        .read(comparedWith: project.project.migrations)
      return .read(
        HistoryFacts(
          runs: try await reader.runs(), changes: try await reader.changes(),
          comparisons: WitnessComparison.all(of: history, migrations: project.project.migrations)))
    case .replay(let run):
      return .replay(
        RunLog(
          run: run, events: try await reader.events(of: run).map(\.recorded),
          statements: try await reader.statements(of: run)))
    }
  }
}
