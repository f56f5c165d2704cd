import JSON
import Migrations
import Postgres
import Rollout
import Schema
import Testing

/// What is told of a run, without times.
func outline(_ events: [RunEvent.Kind]) -> [String] {
  events.map { kind in
    let record = EventRecord(RunEvent(sequence: 0, time: 0, kind: kind))
    var detail = record.detail
    if case .object(let members) = detail {
      detail = .object(members.filter { !["milliseconds", "after_milliseconds"].contains($0.name) })
    }
    let statement = record.statement.map { " \($0)" } ?? ""
    return "\(record.kind) \(record.migration?.rawValue ?? "")\(statement) \(detail.text)"
  }
}

/// The rows that a run leaves in the history.
private let rows = """
  SELECT string_agg(concat_ws('|', id, state, statements_done, statements_total, unverified,
                              array_length(statements, 1), xid IS NOT NULL), E'\\n' ORDER BY id)
  FROM signalbox.migration
  """

/// What they say each migration did to each object.
private let changes = """
  SELECT string_agg(concat_ws('|', migration, seq, change, kind, schema, parent, name, signature, before, after),
                    E'\\n' ORDER BY migration, seq)
  FROM signalbox.change
  """

/// What they remember of what happened, in its order.
private let events = """
  SELECT string_agg(concat_ws('|', kind, migration, statement, detail ->> 'outcome'), E'\\n' ORDER BY run_id, seq)
  FROM signalbox.event
  """

/// Runs a plan on two fresh databases, at once and statement by statement, and expects the same of both.
func expectSame(
  _ plan: Plan, before: String = "", expected: [ObjectIdentity] = [], outcome: RunOutcome,
  has words: [String] = []
) async throws {
  var told: [[String]] = []
  var left: [String?] = []
  var did: [String?] = []
  var stored: [String?] = []
  for isAtOnce in [true, false] {
    try await withFixture { fixture in
      if !before.isEmpty {
        _ = try await fixture.run(RunFixture.plan())
        try await fixture.query(before)
      }
      let result = try await fixture.run(plan, expected: expected, isAtOnce: isAtOnce)
      #expect(result.outcome == outcome)
      told.append(outline(result.events))
      left.append(try await fixture.value(rows))
      did.append(try await fixture.value(changes))
      stored.append(try await fixture.value(events))
    }
  }
  #expect(told[0] == told[1])
  #expect(left[0] == left[1])
  #expect(did[0] == did[1])
  #expect(stored[0] == stored[1])
  for word in words { #expect(told[0].contains { $0.contains(word) }, "\(word)") }
}
