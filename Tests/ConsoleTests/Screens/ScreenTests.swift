import Display
import Migrations
import Schema
import Testing
import Verification

@testable import Console

@Suite("going from screen to screen")
struct ScreenTests {
  @Test("digits switch, and the tab line says where one is")
  func digits() {
    var session = Session.ready()
    #expect(session.lines[1].hasPrefix(" [1 Rollout]"))
    session.press(.character("4"))
    #expect(session.lines[1].contains("[4 Verify]"))
    #expect(session.line(with: "Findings by severity") != nil)
    session.press(.character("1"))
    #expect(session.lines[1].hasPrefix(" [1 Rollout]"))
  }

  @Test("a screen that is not there has neither tab nor digit")
  func absent() {
    let shown = Set(Screen.parts.map { $0.screen })
    var session = Session.ready()
    for screen in Screen.allCases where !shown.contains(screen) {
      #expect(!session.lines[1].contains(screen.title))
      session.press(.character(Character("\(screen.rawValue)")))
      #expect(session.state.screen == .rollout)
    }
  }

  @Test("tabs that do not fit are folded to their digits")
  func folding() {
    var session = Session.running(.straight, columns: 40, rows: 20)
    session.event(.migrationStarted(HelixFixture.pending[0], attempt: 1))
    #expect(session.lines[1].hasPrefix(" [1 Rollout]"))
    #expect(!session.lines[1].contains("Verify"))
    #expect(session.lines[1].contains("applying 1 of 5"))
  }

  @Test("from a finding to its migration, back and forward again")
  func places() {
    var session = Session.ready()
    session.press(Key(.home), .character("4"))
    #expect(session.state.verify.current?.finding.migration == HelixFixture.pending[0])
    session.press(.character("m"))
    #expect(session.state.screen == .rollout)
    #expect(session.state.shownMigration == HelixFixture.pending[0])
    session.press(.character("["))
    #expect(session.state.screen == .verify)
    session.press(.character("]"))
    #expect(session.state.screen == .rollout)
    session.press(.character("["), .character("["))
    #expect(session.state.screen == .rollout)
  }

  @Test("an answer that is not awaited any more changes nothing")
  func staleAnswers() {
    var session = Session.ready()
    session.press(.character("4"), .character("c"))
    let request = ScreenRequest.verify(.check(nil))
    #expect(session.effects == [.load(request, number: 1)])
    session.post(.connected(HelixFixture.server))
    let finding = Finding(code: "evidence.missing", severity: .failure, message: "from the other target")
    session.post(
      .answered(request, number: 1, .success(.verify(.checked([finding], catalog: Snapshot())))))
    #expect(session.line(with: "from the other target") == nil)
  }

  @Test("what is awaited moves, and an idle screen is never woken")
  func idle() {
    var session = Session.ready()
    session.press(.character("4"))
    #expect(session.state.nextDeadline == nil)
    session.press(.character("c"))
    #expect(session.state.nextDeadline != nil)
    session.post(
      .answered(
        .verify(.check(nil)), number: 1, .failure(Trouble("canceling statement due to lock timeout"))))
    #expect(session.state.nextDeadline == nil)
    #expect(session.line(with: "not checked again: canceling statement due to lock timeout") != nil)
  }
}
