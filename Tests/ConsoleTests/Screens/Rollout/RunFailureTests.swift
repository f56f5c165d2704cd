import Console
import Display
import Migrations
import Testing

@Suite("a run that meets a failure")
struct RunFailureTests {
  private let id = HelixFixture.pending[0]
  private let error = HelixFixture.failure

  @Test("a failure shows the error with its caret and the choices; retry tells the run")
  func failure() {
    var session = Session.stepping()
    session.press(.character("c"))
    session.event(.statementStarted(id, statement: 0))
    session.event(.statementFailed(id, statement: 0, error))
    session.event(.paused(id, statement: 0, .failure(error)))
    #expect(session.line(with: "070_user_equals_instance · statement 1 failed") != nil)
    #expect(session.line(with: "ERROR 42P01: relation \"auth.users\" does not exist") != nil)
    #expect(session.line(with: "hint     Install it") != nil)
    let lines = session.lines
    let caret = lines.firstIndex { $0.contains(" ^ ") } ?? 0
    let column = Array(lines[caret]).firstIndex(of: "^") ?? 0
    #expect(String(Array(lines[caret - 1])[column...].prefix(10)) == "auth.users")
    session.press(.character("r"))
    #expect(session.effects == [.send(.retry)])
    #expect(session.line(with: "statement 1 failed ─") == nil)
  }

  @Test("next is remembered while a statement runs, a few times, and said")
  func remembered() {
    var session = Session.stepping()
    session.press(.character("n"))
    #expect(session.effects == [.send(.next)])
    session.event(.statementStarted(id, statement: 0))
    for _ in 0..<2 {
      session.press(.character("n"))
      #expect(session.effects == [])
    }
    #expect(session.line(with: "· 2 more steps ·") != nil)
    session.event(.statementFinished(id, statement: 0, milliseconds: 1, rows: nil))
    session.event(.paused(id, statement: 1, .step))
    #expect(session.effects == [.send(.next)])
    session.event(.statementStarted(id, statement: 1))
    for _ in 0..<20 { session.press(.character("n")) }
    #expect(session.line(with: "· 5 more steps ·") != nil)
    #expect(session.lines.last?.contains("Next statement: 5 more are remembered already") == true)
  }

  @Test("what was remembered is forgotten by a failure, a breakpoint, the end of the migration")
  func forgotten() {
    for reason in [PauseReason.failure(error), .breakpoint, .requested] {
      var session = Session.stepping()
      session.press(.character("n"), .character("n"))
      session.event(.paused(id, statement: 1, reason))
      #expect(session.effects == [])
      session.press(Key(.escape), .character("r"))
      session.event(.paused(id, statement: 1, .step))
      #expect(session.effects == [])
    }
    var session = Session.stepping()
    session.press(.character("n"), .character("n"))
    session.event(.migrationFinished(id, .applied, milliseconds: 1))
    session.event(.paused(HelixFixture.pending[1], statement: 0, .step))
    #expect(session.effects == [])
  }

  @Test("what was remembered is forgotten when the run is aborted")
  func abortForgets() {
    var session = Session.stepping()
    session.press(.character("n"), .character("n"), .character("x"), .character("y"))
    #expect(session.effects == [.send(.abort)])
    session.event(.paused(id, statement: 1, .step))
    #expect(session.effects == [])
  }

  @Test("next does not answer a failure: only retry, skip and abort do")
  func failureChoices() {
    var session = Session.stepping()
    session.event(.statementFailed(id, statement: 0, error))
    session.event(.paused(id, statement: 0, .failure(error)))
    session.press(Key(.escape), .character("n"), .character("c"), .character("f"))
    #expect(session.effects == [])
    session.press(.character("e"))
    #expect(session.line(with: "statement 1 failed ─") != nil)
    session.press(.character("S"))
    #expect(session.effects == [])
    #expect(session.line(with: "Skip statement 1 of 070_user_equals_instance?") != nil)
    session.press(.character("y"))
    session.press(Key(.enter))
    #expect(session.effects == [])
    session.press(.control("u"))
    session.type("skip")
    session.press(Key(.enter))
    #expect(session.effects == [.send(.skip)])
  }
}
