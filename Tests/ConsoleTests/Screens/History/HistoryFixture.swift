import Display
import Migrations
import Schema

@testable import Console

/// What a target remembers after a few days of work on the Helix sample.
enum HistoryFixture {
  /// 12:00:00 on the day of the sessions, UTC.
  static let noon = 1_794_571_200.0

  static let facts = HistoryFacts(
    runs: [
      RunRecord(
        id: 12, startedAt: noon, finishedAt: noon + 1.4, operatorName: "mira", host: "desk",
        clientVersion: "0.1.0", mode: "straight", outcome: "done",
        migrations: [
          .init(id: "070_user_equals_instance", outcome: "applied", milliseconds: 1_180),
          .init(id: "071_phase1_helix_user_context", outcome: "applied", milliseconds: 212),
        ]),
      RunRecord(
        id: 11, startedAt: noon - 600, finishedAt: noon - 599.2, operatorName: "mira", host: "desk",
        clientVersion: "0.1.0", mode: "step", outcome: "failed",
        migrations: [.init(id: "070_user_equals_instance", outcome: "rolled-back", milliseconds: 780)]),
      RunRecord(
        id: 10, startedAt: noon - 86_400, operatorName: "jonas", host: "laptop", clientVersion: "0.1.0",
        mode: "straight"),
      RunRecord(
        id: 9, startedAt: noon - 3 * 86_400, finishedAt: noon - 3 * 86_400 + 0.3, operatorName: "jonas",
        host: "laptop", clientVersion: "0.1.0", mode: "straight", outcome: "done",
        migrations: [.init(id: "070_user_equals_instance", outcome: "applied", milliseconds: 240)]),
    ],
    changes: [
      RecordedChanges(
        migration: "070_user_equals_instance", run: 12, time: noon + 1,
        created: ["table public.user_settings"], altered: ["policy \"Own rows\" on public.telemetry"],
        objects: [
          change(.table("public", "user_settings"), .added, after: "CREATE TABLE user_settings"),
          change(.column("public", "user_settings", "user_id"), .added, after: "uuid NOT NULL"),
          change(.column("public", "user_settings", "theme"), .added, after: "text"),
          change(.column("public", "telemetry", "user_id"), .added, after: "uuid"),
          change(
            .policy("public", "telemetry", "Own rows"), .changed, before: "USING (true)",
            after: "USING (auth.uid() = user_id)"),
          change(.index("public", "idx_old"), .removed, before: "CREATE INDEX idx_old"),
        ])
    ],
    comparisons: [
      WitnessComparison(
        tool: "supabase", table: "supabase_migrations.schema_migrations",
        entries: [
          .init(
            id: "001_initial_schema", theirs: true,
            ours: HistoryEntry(id: "001_initial_schema", checksum: "", state: .adopted, appliedAt: noon),
            verdict: .agree),
          .init(id: "002_telemetry_tables", theirs: true, verdict: .onlyTheirs),
          .init(
            id: "003_user_profiles", theirs: true, theirTime: noon - 86_400,
            ours: HistoryEntry(id: "003_user_profiles", checksum: "", state: .reverted),
            verdict: .contradict("Signalbox says reverted")),
        ])
    ])

  static let log = RunLog(
    run: 11,
    events: [
      event(0, 0, "run-started", content: .runStarted(mode: "step", migrations: 1)),
      event(1, 0.01, "migration-started", id, content: .migrationStarted(attempt: 1)),
      event(2, 0.02, "statement-started", id, 0, content: .statementStarted),
      event(
        3, 0.03, "notice", id, 0,
        content: .notice(
          ServerMessage(severity: "NOTICE", code: "42701", message: "column \"user_id\" exists, skipping"))),
      event(
        4, 0.04, "statement-finished", id, 0, content: .statementFinished(milliseconds: 20, rows: nil)),
      event(5, 0.05, "paused", id, 1, content: .paused(reason: "step")),
      event(6, 30, "statement-started", id, 1, content: .statementStarted),
      event(
        7, 30.5, "statement-failed", id, 1,
        content: .statementFailed(
          ServerMessage(
            severity: "ERROR", code: "42P01", message: "relation \"auth.users\" does not exist",
            hint: "Is this a Supabase project?"))),
      event(
        8, 30.6, "migration-finished", id,
        content: .migrationFinished(outcome: "rolled-back", milliseconds: 780, because: nil)),
      event(9, 30.7, "run-finished", content: .runFinished(outcome: "failed")),
    ],
    statements: [
      id: [
        "ALTER TABLE telemetry\n  ADD COLUMN user_id uuid",
        "ALTER TABLE heartbeats ADD COLUMN user_id uuid REFERENCES auth.users",
      ]
    ])

  static let id: MigrationID = "070_user_equals_instance"

  private static func event(
    _ sequence: Int, _ seconds: Double, _ kind: String, _ migration: MigrationID? = nil,
    _ statement: Int? = nil, content: RecordedEvent.Content
  ) -> RecordedEvent {
    RecordedEvent(
      sequence: sequence, time: noon - 600 + seconds, kind: kind, migration: migration, statement: statement,
      content: content)
  }

  private static func change(
    _ object: ObjectIdentity, _ kind: ObjectChange.Kind, before: String? = nil, after: String? = nil
  ) -> ObjectChange {
    ObjectChange(
      object: object.description, identity: object, kind: kind, before: before, after: after)
  }
}

extension Session {
  /// A console on the History screen, answered once.
  static func history(columns: Int = 120, rows: Int = 36) -> Session {
    var session = Session.ready(columns: columns, rows: rows)
    session.press(.character("6"))
    session.post(.answered(.history(.read), number: 1, .success(.history(.read(HistoryFixture.facts)))))
    return session
  }

  /// The same with the replay of the run that failed.
  static func replaying(columns: Int = 120, rows: Int = 36) -> Session {
    var session = history(columns: columns, rows: rows)
    session.press(.character("j"), .character("r"))
    session.post(
      .answered(.history(.replay(run: 11)), number: 2, .success(.history(.replay(HistoryFixture.log)))))
    return session
  }
}
