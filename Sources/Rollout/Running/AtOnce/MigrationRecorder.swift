import Migrations
import Postgres

/// What stores a migration that was sent in a message: its row, and what happened.
struct MigrationRecorder: Sendable {
  let history: HistoryStore
  let run: Int64
  let hasSupabaseHistory: Bool

  /// The names under which a session is prepared for it.
  private static let (rowName, eventsName) = ("signalbox_record", "signalbox_events")

  /// What prepares a session for it.
  func preparation(for migration: Migration) -> [PipelineRequest] {
    [
      .prepare(Self.rowName, history.request(for: HistoryRow(migration: migration, state: .applied)).sql),
      .prepare(Self.eventsName, history.request(forEvents: nil, nil, of: run, number: 0).sql),
    ]
  }

  /// What is sent before the commit of an applied migration.
  func requests(
    for step: PlanStep, milliseconds: Double, isUnverified: Bool = false, changes: [ObjectChange],
    events: EventBacklog
  ) -> [PipelineRequest] {
    let migration = step.migration
    let row = HistoryRow(
      migration: migration, state: .applied, run: run, milliseconds: milliseconds,
      statementsDone: step.statements.count, statementsTotal: step.statements.count,
      isUnverified: isUnverified)
    var requests = [history.request(for: row).prepared(as: Self.rowName)]
    if hasSupabaseHistory, let record = SupabaseHistory.request(for: migration) { requests.append(record) }
    let list = changes.isEmpty ? nil : ChangeList(changes, by: migration.id)
    return requests + self.requests(for: events, list)
  }

  /// What stores events that are of no migration of the message.
  func requests(for events: EventBacklog, _ changes: ChangeList? = nil) -> [PipelineRequest] {
    history.requests(for: events, changes, of: run, preparedAs: Self.eventsName)
  }
}
