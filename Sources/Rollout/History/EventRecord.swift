import JSON
import Migrations
import Schema

/// A run's event as it is stored and as `apply --json` prints it: flat fields and a detail.
public struct EventRecord: Sendable, Hashable {
  /// The event's place in the run.
  public var sequence: Int
  /// When it happened, in seconds since 1970, UTC.
  public var time: Double
  /// What kind it is (`statement-finished`).
  public var kind: String
  /// The migration that it concerns.
  public var migration: MigrationID?
  /// The statement that it concerns, from 0.
  public var statement: Int?
  /// What else there is to say.
  public var detail: JSONValue

  /// Makes a record of something that happens outside the running of migrations.
  init(sequence: Int, time: Double, kind: String, migration: MigrationID? = nil, detail: JSONValue = [:]) {
    self.sequence = sequence
    self.time = time
    self.kind = kind
    self.migration = migration
    self.detail = detail
  }

  /// Makes a record as it was stored.
  init(
    sequence: Int, time: Double, kind: String, migration: MigrationID?, statement: Int?, stored: JSONValue
  ) {
    self.init(sequence: sequence, time: time, kind: kind, migration: migration, detail: stored)
    self.statement = statement
  }

  /// Flattens an event.
  public init(_ event: RunEvent) {
    sequence = event.sequence
    time = event.time
    (kind, migration, statement, detail) = Self.parts(of: event.kind)
  }

  /// The record as one JSON object.
  public var json: JSONValue {
    [
      "seq": .integer(Int64(sequence)), "at": .number(time), "kind": .string(kind),
      "migration": .optional(migration?.rawValue), "statement": .optional(statement), "detail": detail,
    ]
  }

  private static func parts(of kind: RunEvent.Kind) -> (String, MigrationID?, Int?, JSONValue) {
    switch kind {
    case .runStarted(let run, let mode, let migrations):
      return (
        "run-started", nil, nil,
        [
          "run": .integer(run), "mode": .string(mode.rawValue),
          "migrations": .array(migrations.map { .string($0.rawValue) }),
        ]
      )
    case .waitingForRun(let holder):
      return ("waiting-for-run", nil, nil, ["holder": json(holder)])
    case .migrationStarted(let id, let attempt):
      return ("migration-started", id, nil, ["attempt": .integer(Int64(attempt))])
    case .statementStarted(let id, let statement):
      return ("statement-started", id, statement, [:])
    case .notice(let id, let statement, let message):
      return ("notice", id, statement, json(message))
    case .statementFinished(let id, let statement, let milliseconds, let rows):
      return (
        "statement-finished", id, statement, ["milliseconds": .number(milliseconds), "rows": .optional(rows)]
      )
    case .statementFailed(let id, let statement, let message):
      return ("statement-failed", id, statement, json(message))
    case .statementSkipped(let id, let statement):
      return ("statement-skipped", id, statement, [:])
    case .blocked(let id, let statement, let sessions):
      return ("blocked", id, statement, ["by": .array(sessions.map(json))])
    case .queued(let id, let statement, let sessions):
      return ("queued", id, statement, ["behind": .array(sessions.map(json))])
    case .paused(let id, let statement, let reason):
      return ("paused", id, statement, ["reason": .string(name(of: reason))])
    case .verified(let id, let evidence):
      return ("verified", id, nil, json(evidence))
    case .migrationFinished(let id, let outcome, let milliseconds):
      return ("migration-finished", id, nil, json(outcome, milliseconds: milliseconds))
    case .retrying(let id, let attempt, let pause, let message):
      return (
        "retrying", id, nil,
        [
          "attempt": .integer(Int64(attempt)), "after_milliseconds": .number(pause), "because": json(message),
        ]
      )
    case .difference(let id, let difference):
      return ("difference", id, nil, json(difference))
    case .accessChanged(let id, let change):
      return ("access-changed", id, nil, ["changes": .array(change.cells.map(json))])
    case .runFinished(let outcome):
      return ("run-finished", nil, nil, ["outcome": .string(outcome.rawValue)])
    }
  }

  private static func name(of reason: PauseReason) -> String {
    switch reason {
    case .step: "step"
    case .breakpoint: "breakpoint"
    case .requested: "requested"
    case .failure: "failure"
    case .unverified: "unverified"
    case .widened: "widened"
    }
  }

  private static func json(_ message: ServerMessage) -> JSONValue {
    [
      "severity": .string(message.severity), "code": .string(message.code),
      "message": .string(message.message), "detail": .optional(message.detail),
      "hint": .optional(message.hint), "context": .optional(message.context),
      "location": .optional(message.location?.description),
    ]
  }

  private static func json(_ session: SessionDescription) -> JSONValue {
    [
      "pid": .integer(Int64(session.pid)), "user": .optional(session.user),
      "application": .optional(session.application), "address": .optional(session.address),
      "query": .optional(session.query), "seconds": .optional(session.seconds),
    ]
  }

  private static func json(_ evidence: Evidence) -> JSONValue {
    [
      "found": .integer(Int64(evidence.found)), "expected": .integer(Int64(evidence.expected)),
      "missing": .array(
        evidence.items.filter { $0.verdict != .found }.map { .string($0.object.description) }),
    ]
  }

  private static func json(_ outcome: MigrationOutcome, milliseconds: Double) -> JSONValue {
    let time = JSONValue.number(milliseconds)
    switch outcome {
    case .applied: return ["outcome": "applied", "milliseconds": time]
    case .rehearsed: return ["outcome": "rehearsed", "milliseconds": time]
    case .skipped: return ["outcome": "skipped", "milliseconds": time]
    case .rolledBack(let message):
      return ["outcome": "rolled-back", "milliseconds": time, "because": json(message)]
    case .failed(let message, let done):
      return [
        "outcome": "failed", "milliseconds": time, "statements_done": .integer(Int64(done)),
        "because": json(message),
      ]
    case .aborted(let done):
      return ["outcome": "aborted", "milliseconds": time, "statements_done": .integer(Int64(done))]
    }
  }

  private static func json(_ cell: AccessChange.Cell) -> JSONValue {
    [
      "object": .string(cell.object.qualifiedName), "role": .string(cell.role),
      "command": .string(cell.command), "before": .optional(cell.before?.value),
      "after": .string(cell.after.value), "direction": .string(cell.direction.rawValue),
    ]
  }

  private static func json(_ difference: SnapshotDifference) -> JSONValue {
    [
      "added": .array(difference.added.map { .string($0.identity.description) }),
      "removed": .array(difference.removed.map { .string($0.identity.description) }),
      "changed": .array(difference.changed.map { .string($0.after.identity.description) }),
    ]
  }
}
