import Display
import Migrations
import Testing

@testable import Console

@Suite("the replay of a run")
struct ReplayTests {
  @Test("is read as a list: statements with their times, notices, errors")
  func list() {
    let session = Session.replaying()
    #expect(session.line(with: "done in 20 ms  ALTER TABLE telemetry ADD COLUMN user_id uuid") != nil)
    #expect(session.line(with: "notice: column \"user_id\" exists, skipping") != nil)
    #expect(session.line(with: "failed: relation \"auth.users\" does not exist (42P01)") != nil)
    #expect(session.line(with: "stopped · 1 of 8") != nil)
  }

  @Test("is stepped through, with the statement and the hint above")
  func stepping() {
    var session = Session.replaying()
    session.press(.character("n"), .character("n"), .character("n"))
    #expect(session.state.replay?.current?.statement == 0)
    session.press(.character("p"))
    #expect(session.state.replay?.cursor == 2)
    session.press(.character("e"))
    #expect(session.state.replay?.current?.isBad == true)
    #expect(session.line(with: "Is this a Supabase project?") != nil)
    session.press(Key(.enter))
    #expect(session.line(with: "REFERENCES auth.users") != nil)
    session.press(Key(.escape), Key(.escape))
    #expect(session.state.overlays.isEmpty)
  }

  @Test("plays in the times that it took, long waits cut, and an idle one wakes nobody")
  func playing() throws {
    var session = Session.replaying()
    #expect(session.state.nextDeadline == nil)
    session.press(.character(" "))
    let due = try #require(session.state.nextDeadline)
    #expect(abs(due - session.now - 0.02) < 0.001)
    session.post(.tick, after: 1)
    #expect(session.state.replay?.cursor == 4)
    // The operator thought for thirty seconds; nobody wants to wait for that again.
    session.post(.tick, after: 1.2)
    #expect(session.state.replay?.cursor == 5)
    session.press(.character("+"))
    #expect(session.line(with: "playing, speed 2") != nil)
    session.press(.character(" "))
    #expect(session.state.nextDeadline == nil)
    session.press(.character(" "))
    session.post(.tick, after: 10)
    #expect(session.state.replay?.cursor == 7)
    #expect(session.state.nextDeadline == nil)
  }

  @Test("looks as recorded", arguments: GoldenFrameTests.sizes)
  func golden(_ size: Size) throws {
    var session = Session.replaying(columns: size.columns, rows: size.rows)
    session.press(.character("e"))
    try expectGolden(session.frame, "replay-\(size.columns)x\(size.rows)")
  }
}
