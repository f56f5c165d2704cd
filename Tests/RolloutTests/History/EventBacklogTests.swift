import Migrations
import Testing

@testable import Rollout

@Suite("Events that wait to be stored")
struct EventBacklogTests {
  private func record(_ sequence: Int) -> EventRecord {
    EventRecord(
      RunEvent(sequence: sequence, time: 0, kind: .statementStarted("001_test", statement: sequence)))
  }

  @Test("are texts of bounded size, each one array, in their order")
  func texts() {
    let backlog = EventBacklog((0..<10_000).map(record))
    let texts = backlog.texts
    #expect(texts.count > 3)
    #expect(texts.allSatisfy { $0.json.utf8.count < EventBacklog.textSize + 1_000 })
    #expect(texts.allSatisfy { $0.json.hasPrefix("[{\"seq\":") && $0.json.hasSuffix("}]") })
    #expect(texts.first?.json.hasPrefix("[{\"seq\":0,") == true)
    #expect(texts.last?.json.contains("\"seq\":9999,") == true)
  }

  @Test("are none where there are none, and one where there is one")
  func small() {
    #expect(EventBacklog().isEmpty)
    #expect(EventBacklog().texts == [])
    #expect(EventBacklog([record(7)]).texts.count == 1)
  }

  @Test("stand before those that came later, once they are put back")
  func putBack() {
    var later = EventBacklog([record(2)])
    later.putBack(EventBacklog([record(0), record(1)]))
    let text = later.texts.map(\.json).joined()
    #expect(!later.isEmpty)
    #expect(later.mayBeStored)
    #expect(["\"seq\":0", "\"seq\":1", "\"seq\":2"].map { text.contains($0) } == [true, true, true])
    #expect(later.texts.first?.json.contains("\"seq\":0") == true)
  }
}

@Suite("A migration of very many statements")
struct ManyStatementsTests {
  @Test("is sent in slices, and each of its events is stored once", arguments: [true, false])
  func stored(isAtOnce: Bool) async throws {
    try await withFixture { fixture in
      let count = 9_000
      let text = "CREATE TABLE t (x int);" + (1..<count).map { "INSERT INTO t VALUES (\($0));" }.joined()
      let (outcome, events) = try await fixture.run(RunFixture.plan(text), isAtOnce: isAtOnce)
      #expect(outcome == .done)
      #expect(try await fixture.value("SELECT count(*) FROM t") == "\(count - 1)")
      #expect(
        try await fixture.value("SELECT count(*) || ' ' || max(seq) FROM signalbox.event")
          == "\(events.count) \(events.count - 1)")
      #expect(
        try await fixture.value("SELECT count(*) FROM signalbox.event WHERE kind = 'statement-finished'")
          == "\(count)")
    }
  }

  @Test("that fails behind many slices says where, and leaves nothing")
  func failing() async throws {
    try await withFixture { fixture in
      let text =
        "CREATE TABLE t (x int);\n" + (1..<9_000).map { "INSERT INTO t VALUES (\($0));\n" }.joined()
        + "INSERT INTO t VALUES (nowhere);\n" + "INSERT INTO t VALUES (0);\n"
      let (outcome, events) = try await fixture.run(RunFixture.plan("CREATE TABLE kept (x int)", text))
      #expect(outcome == .failed)
      #expect(
        events.contains { event in
          if case .statementFailed("002_test", statement: 9_000, let message) = event {
            message.location?.description == "002_test.sql:9001:23"
          } else {
            false
          }
        })
      #expect(
        try await fixture.value("SELECT to_regclass('t') IS NULL AND to_regclass('kept') IS NOT NULL") == "t")
    }
  }
}
