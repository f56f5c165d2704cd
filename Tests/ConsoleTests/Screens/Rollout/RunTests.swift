import Console
import Display
import Migrations
import Testing

@Suite("running")
struct RunTests {
  private let id = HelixFixture.pending[0]
  private let error = HelixFixture.failure

  @Test(
    "each key tells the run one thing, once for each pause",
    arguments: [("n", OperatorCommand.next), ("f", .finishMigration), ("c", .proceed)])
  func answers(_ key: String, _ command: OperatorCommand) {
    var session = Session.stepping()
    session.type(key)
    #expect(session.effects == [.send(command)])
    session.type(key)
    #expect(session.effects == [])
  }

  @Test("a running run can be paused, a waiting one cannot")
  func pause() {
    var session = Session.running(.straight)
    session.press(.character("p"))
    #expect(session.effects == [.send(.pause)])
    var waiting = Session.stepping()
    waiting.press(.character("p"))
    #expect(waiting.effects == [])
  }

  @Test("leaving a migration out takes a typed word, and says who needs it")
  func skipMigration() {
    var session = Session.stepping()
    session.press(.character("M"))
    #expect(session.line(with: "Leave out 070_user_equals_instance whole?") != nil)
    #expect(session.screen.contains("071_phase1_helix_user_context"))
    session.type("skip")
    #expect(session.effects == [])
    session.press(Key(.enter))
    #expect(session.effects == [.send(.skipMigration)])
    session.event(.migrationFinished(id, .skipped, milliseconds: 4))
    #expect(session.line(with: "left out whole; nothing of it stays") != nil)
  }

  @Test("aborting asks first")
  func abort() {
    var session = Session.stepping()
    session.press(.character("x"), .character("x"))
    #expect(session.effects == [])
    session.press(.character("y"))
    #expect(session.effects == [.send(.abort)])
    #expect(session.lines[1].contains("aborting"))
  }

  @Test("a breakpoint is set before the statement under the cursor, and taken away again")
  func breakpoints() {
    var session = Session.stepping()
    session.press(Key(.tab), Key(.tab), Key(.tab), Key(.down), Key(.down), .character("b"))
    #expect(session.effects == [.send(.setBreakpoint(id, statement: 2))])
    #expect(session.line(with: "◆▸ 3") != nil)
    session.press(.character("b"))
    #expect(session.effects == [.send(.clearBreakpoint(id, statement: 2))])
    #expect(session.line(with: "◆") == nil)
  }

  @Test("breakpoints can be set before a run, on statements and on migrations, and go with it")
  func earlyBreakpoints() {
    var session = Session.ready()
    session.press(.character("b"))
    #expect(session.line(with: "[ ]◆070_user_equals_instance") != nil)
    session.press(.character("*"), .character("a"))
    session.post(.planComputed(HelixFixture.plan(), request: 1))
    session.press(.character("y"))
    #expect(session.effects.last == .send(.setBreakpoint(id, statement: 0)))
  }

  @Test("statements show how they ended, and the one that runs shows its time")
  func statements() {
    var session = Session.stepping()
    session.press(.character("c"))
    session.event(.statementStarted(id, statement: 0))
    session.event(.statementFinished(id, statement: 0, milliseconds: 12.4, rows: nil))
    session.event(.statementSkipped(id, statement: 1))
    session.event(.statementStarted(id, statement: 2))
    session.post(.tick, after: 2.5)
    #expect(session.line(with: "1 ✓ ALTER TABLE")?.hasSuffix("12 ms│") == true)
    #expect(session.line(with: "2 – ALTER TABLE")?.hasSuffix("skipped│") == true)
    #expect(session.line(with: "▶ 3")?.hasSuffix("2.5 s│") == true)
    #expect(session.line(with: "statement 3 of 9 · in transaction · 2.5 s") != nil)
  }

  @Test("the screen follows the run until the operator looks elsewhere, and again on request")
  func following() {
    var session = Session.running(.straight)
    session.event(.migrationStarted(HelixFixture.pending[1], attempt: 1))
    #expect(session.line(with: "╭ 071_phase1_helix_user_context ·") != nil)
    session.press(Key(.home))
    session.event(.migrationStarted(HelixFixture.pending[2], attempt: 1))
    #expect(session.line(with: "╭ 072_phase1b") == nil)
    session.press(.character("."))
    #expect(session.line(with: "╭ 072_phase1b") != nil)
  }

  @Test("nothing that starts or reads can be asked for during a run")
  func busy() {
    var session = Session.running(.straight)
    for key in ["R", "a", "s", "d", "A", " ", "*"] {
      session.type(key)
      #expect(session.effects == [])
    }
  }

  @Test("a dry run shows what would change")
  func dryRun() {
    var session = Session.running(.dryRun)
    session.event(.migrationStarted(id, attempt: 1))
    session.event(.difference(id, HelixFixture.difference))
    session.event(.migrationFinished(id, .rehearsed, milliseconds: 10))
    #expect(session.lines[2].hasPrefix(" 65 applied · 5 pending"))
    session.event(.runFinished(.done))
    session.post(.runEnded(nil))
    #expect(session.line(with: "1 of 5 migrations would apply; everything was rolled back") != nil)
    #expect(session.line(with: "adds 1 object") != nil)
  }

  @Test("events that come when there is no run change nothing")
  func stray() {
    var session = Session.ready()
    let before = session.screen
    session.event(.migrationStarted(id, attempt: 1))
    session.event(.paused(id, statement: 0, .failure(error)))
    session.post(.runEnded(nil))
    #expect(session.screen == before)
  }
}
