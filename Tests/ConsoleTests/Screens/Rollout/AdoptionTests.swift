import Console
import Display
import Migrations
import Testing

@Suite("adopting")
struct AdoptionTests {
  @Test("migrations that are in the database without history are offered")
  func offer() {
    let session = Session.ready(adopted: false)
    #expect(session.line(with: "65 migrations are in the database without history: A adopts them") != nil)
    #expect(session.lines.last?.contains("A adopt") == true)
  }

  @Test("nothing is offered where the history knows everything")
  func none() {
    var session = Session.ready(adopted: true)
    #expect(session.line(with: "without history") == nil)
    session.press(.character("A"))
    #expect(session.effects == [])
  }

  @Test("the list is shown with its evidence before anything is recorded")
  func confirm() {
    var session = Session.ready(adopted: false)
    session.press(.character("A"))
    #expect(session.line(with: "Adopt 65 migrations?") != nil)
    #expect(session.line(with: "● 001_initial_schema") != nil)
    session.press(.character("A"), Key(.enter))
    #expect(session.effects == [])
    session.press(.character("y"))
    #expect(session.effects == [.adopt(HelixFixture.applied)])
  }

  @Test("once recorded, the states are read again and the offer is gone")
  func adopted() {
    var session = Session.ready(adopted: false)
    session.press(.character("A"), .character("y"))
    session.post(.adopted(HelixFixture.applied))
    #expect(session.effects == [.loadStatuses])
    #expect(session.line(with: "65 migrations recorded as applied, nothing was run") != nil)
    session.post(.statusesLoaded(HelixFixture.statuses(adopted: true), findings: []))
    #expect(session.lines.last?.contains("A adopt") == false)
  }

  @Test("a failure to record is said")
  func failed() {
    var session = Session.ready(adopted: false)
    session.press(.character("A"), .character("y"))
    session.post(.failed(Trouble("the role may not create schemas", advice: "Ask the owner")))
    #expect(session.line(with: "the role may not create schemas") != nil)
    #expect(session.line(with: "Ask the owner") != nil)
  }

  @Test("on a protected target the name must be typed")
  func protected() {
    var session = Session.ready(
      options: ConsoleOptions(target: "production", isProtected: true), adopted: false)
    session.press(.character("A"), .character("y"), Key(.enter))
    #expect(session.effects == [])
    session.press(.control("u"))
    session.type("postgres")
    session.press(Key(.enter))
    #expect(session.effects == [.adopt(HelixFixture.applied)])
  }
}
