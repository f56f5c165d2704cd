import Migrations
import Synchronization
import Testing

@testable import Rollout

@Suite("The log of a run's events")
struct EventLogTests {
  /// What a log has handed on.
  private final class Told: Sendable {
    private let events = Mutex<[RunEvent]>([])

    /// A log whose clock counts.
    func log() -> EventLog {
      let ticks = Mutex(0.0)
      return EventLog(
        now: {
          ticks.withLock { time in
            time += 1
            return time
          }
        },
        deliver: { event in self.events.withLock { $0.append(event) } })
    }

    var outlines: [String] {
      events.withLock { $0 }.map { event in
        let record = EventRecord(event)
        return "\(event.sequence) \(record.kind) \(record.migration?.rawValue ?? "-") at \(Int(event.time))"
      }
    }
  }

  @Test("numbers events and hands them on as they come, and keeps them until they are stored")
  func plain() {
    let told = Told()
    let log = told.log()
    log.emit(.migrationStarted("001", attempt: 1))
    log.emit(.statementStarted("001", statement: 0))
    #expect(told.outlines == ["0 migration-started 001 at 1", "1 statement-started 001 at 2"])
    let unstored = log.takeUnstored()
    #expect(!unstored.isEmpty)
    #expect(log.takeUnstored().isEmpty)
    log.putBack(unstored)
    #expect(log.takeUnstored().mayBeStored)
  }

  @Test("tells nothing of migrations that are held until they are released, each with numbers in a row")
  func held() {
    let told = Told()
    let log = told.log()
    log.hold()
    log.emit(.migrationStarted("001", attempt: 1))
    log.emit(.migrationStarted("002", attempt: 1))
    log.emit(.statementStarted("001", statement: 0))
    #expect(told.outlines == [])
    let first = log.seal("001").texts.map(\.json).joined()
    #expect(first.contains("statement-started") && !first.contains("002"))
    _ = log.seal("002")
    #expect(told.outlines == [])
    log.release()
    let expected = [
      "0 migration-started 001 at 1", "1 statement-started 001 at 3", "2 migration-started 002 at 2",
    ]
    #expect(told.outlines == expected)
    #expect(log.takeUnstored().isEmpty)
  }

  @Test("tells who is in the way at once, also while migrations are held")
  func inTheWay() {
    let told = Told()
    let log = told.log()
    log.hold()
    log.emit(.migrationStarted("001", attempt: 1))
    log.emit(.blocked("001", statement: 0, by: []))
    #expect(told.outlines == ["0 blocked 001 at 2"])
    #expect(!log.takeUnstored().isEmpty)
  }

  @Test("forgets what was held of migrations that were rolled back, sealed or not")
  func forgotten() {
    let told = Told()
    let log = told.log()
    log.hold()
    log.emit(.migrationStarted("001", attempt: 1))
    _ = log.seal("001")
    log.emit(.migrationStarted("002", attempt: 1))
    log.forgetHeld()
    log.release()
    #expect(told.outlines == [])
    log.emit(.migrationStarted("001", attempt: 1))
    #expect(told.outlines == ["1 migration-started 001 at 3"])
  }

  @Test("puts notices under the statement that runs")
  func notices() {
    let told = Told()
    let log = told.log()
    log.emit(.statementStarted("001", statement: 3))
    log.emitNotice(ServerMessage(severity: "NOTICE", code: "00000", message: "look"))
    #expect(told.outlines.last == "1 notice 001 at 2")
    #expect(log.currentMigration == "001")
  }
}
