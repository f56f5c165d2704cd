import Console
import Display
import Migrations
import Testing

@Suite("waking up")
struct IdleTests {
  @Test("an idle console is never woken")
  func idle() {
    var session = Session.ready()
    #expect(session.state.nextDeadline == nil)
    for key in ["?", "L", "T", "/", "j"] {
      session.type(key)
      #expect(session.state.nextDeadline == nil)
      session.press(Key(.escape))
    }
  }

  @Test("what is awaited moves")
  func awaited() {
    var session = Session()
    #expect(session.state.nextDeadline != nil)
    let before = session.screen
    session.post(.tick, after: 0.125)
    #expect(session.screen != before)
  }

  @Test("failures are not awaited")
  func failures() {
    var session = Session()
    session.post(.projectFailed([]))
    session.post(.connectionFailed(Trouble("no")))
    #expect(session.state.nextDeadline == nil)
  }

  @Test("a run that moves wakes the screen, one that waits for the operator does not")
  func run() {
    var session = Session.running(.step)
    #expect(session.state.nextDeadline != nil)
    session.event(.migrationStarted(HelixFixture.pending[0], attempt: 1))
    session.event(.paused(HelixFixture.pending[0], statement: 0, .step))
    #expect(session.state.nextDeadline == nil)
    session.press(.character("n"))
    #expect(session.state.nextDeadline != nil)
    session.post(.runEnded(nil))
    session.post(.statusesLoaded(HelixFixture.statuses(), findings: []))
    #expect(session.state.nextDeadline == nil)
  }

  @Test("a plan that is awaited wakes the screen until it is there")
  func plan() {
    var session = Session.ready()
    session.press(.character("*"), .character("p"))
    #expect(session.state.nextDeadline != nil)
    session.post(.planComputed(HelixFixture.plan(), request: 1))
    #expect(session.state.nextDeadline == nil)
  }
}
