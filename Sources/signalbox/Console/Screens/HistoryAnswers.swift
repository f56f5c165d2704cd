import Console
import Migrations
import Rollout

extension TargetSession {
  /// Answers the History screen.
  func answer(_ request: HistoryRequest, about project: LoadedProject) async throws -> HistoryAnswer {
    let reader = RunReader(connection: connection, project: project.project.name)
    switch request {
    case .read:
      let history = try await history(of: project, includingStatements: true)
      let (runs, changes) = try await look { _ in (try await reader.runs(), try await reader.changes()) }
      return .read(
        HistoryFacts(
          runs: runs, changes: changes,
          comparisons: WitnessComparison.all(of: history, migrations: project.project.migrations)))
    case .replay(let run):
      let (events, statements) = try await look { _ in
        (try await reader.events(of: run), try await reader.statements(of: run))
      }
      return .replay(RunLog(run: run, events: events.map(\.recorded), statements: statements))
    }
  }
}
