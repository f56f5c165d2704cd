import Console
import Display
import Migrations
import Testing

@Suite("running")
struct RunTests {
  private let id = HelixFixture.pending[0]
  private let error = ServerMessage(
    severity: "ERROR", code: "42P01", message: "relation \"auth.users\" does not exist", hint: "Install it",
    statementPosition: 81)

  private func stepping() -> Session {
    var session = Session.running(.step)
    session.event(.migrationStarted(id, attempt: 1))
    session.event(.paused(id, statement: 0, .step))
    return session
  }

  @Test(
    "each key tells the run one thing, once for each pause",
    arguments: [("n", OperatorCommand.next), ("f", .finishMigration), ("c", .proceed)])
  func answers(_ key: String, _ command: OperatorCommand) {
    var session = stepping()
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
    var waiting = stepping()
    waiting.press(.character("p"))
    #expect(waiting.effects == [])
  }

  @Test("leaving a migration out takes a typed word, and says who needs it")
  func skipMigration() {
    var session = stepping()
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
    var session = stepping()
    session.press(.character("x"), .character("x"))
    #expect(session.effects == [])
    session.press(.character("y"))
    #expect(session.effects == [.send(.abort)])
    #expect(session.lines[1].contains("aborting"))
  }

  @Test("a breakpoint is set before the statement under the cursor, and taken away again")
  func breakpoints() {
    var session = stepping()
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

  @Test("a statement that takes long is looked at once a second: its progress, and who is in the way")
  func activity() {
    var session = Session.running(.straight)
    session.event(.migrationStarted(id, attempt: 1))
    session.event(.statementStarted(id, statement: 3))
    session.post(.tick, after: 0.5)
    #expect(session.effects == [])
    session.post(.tick, after: 0.6)
    let request = ScreenRequest.rollout(.activity)
    #expect(session.effects == [.load(request, number: 1)])
    session.post(.tick, after: 1.5)
    #expect(session.effects == [])
    session.post(
      .answered(
        request, number: 1,
        .success(
          .rollout(
            .activity(
              RunActivity(
                fraction: 0.61,
                blockers: [
                  SessionDescription(
                    pid: 4711, user: "app", application: "psql", query: "SELECT 1", seconds: 12)
                ],
                waiters: [SessionDescription(pid: 99, query: "SELECT * FROM telemetry")]))))))
    #expect(session.line(with: "61%") != nil)
    #expect(session.line(with: "! waits for pid 4711 psql as app for 12.0 s: SELECT 1") != nil)
    #expect(session.line(with: "keeps waiting pid 99: SELECT * FROM telemetry") != nil)
    session.event(.statementFinished(id, statement: 3, milliseconds: 3_000, rows: nil))
    session.event(.statementStarted(id, statement: 4))
    #expect(session.line(with: "61%") == nil)
  }

  @Test("statements show how they ended, and the one that runs shows its time")
  func statements() {
    var session = stepping()
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

  @Test("a failure shows the error with its caret and the choices; retry tells the run")
  func failure() {
    var session = stepping()
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
    var session = stepping()
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
      var session = stepping()
      session.press(.character("n"), .character("n"))
      session.event(.paused(id, statement: 1, reason))
      #expect(session.effects == [])
      session.press(Key(.escape), .character("r"))
      session.event(.paused(id, statement: 1, .step))
      #expect(session.effects == [])
    }
    var session = stepping()
    session.press(.character("n"), .character("n"))
    session.event(.migrationFinished(id, .applied, milliseconds: 1))
    session.event(.paused(HelixFixture.pending[1], statement: 0, .step))
    #expect(session.effects == [])
  }

  @Test("what was remembered is forgotten when the run is aborted")
  func abortForgets() {
    var session = stepping()
    session.press(.character("n"), .character("n"), .character("x"), .character("y"))
    #expect(session.effects == [.send(.abort)])
    session.event(.paused(id, statement: 1, .step))
    #expect(session.effects == [])
  }

  @Test("next does not answer a failure: only retry, skip and abort do")
  func failureChoices() {
    var session = stepping()
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

  @Test("an incomplete verification shows what is missing and is accepted only after a question")
  func unverified() {
    var session = stepping()
    session.event(.verified(id, HelixFixture.pendingEvidence))
    session.event(.paused(id, statement: nil, .unverified(HelixFixture.pendingEvidence)))
    #expect(session.line(with: "only 3 of 9 objects are as they should be") != nil)
    #expect(session.line(with: "✗ column telemetry.user_id is not there (line 10)") != nil)
    #expect(session.line(with: "▶ checked, not yet committed") != nil)
    #expect(session.line(with: "○ pending: yet to run") == nil)
    session.press(.character("n"))
    #expect(session.effects == [])
    session.press(.character("V"))
    #expect(session.effects == [])
    session.press(.character("y"))
    #expect(session.effects == [.send(.acceptUnverified)])
  }

  @Test("a migration that is committed turns green at once, with the evidence of its verification")
  func applied() {
    var session = stepping()
    session.press(.character("c"))
    session.event(.verified(id, HelixFixture.wholeEvidence))
    session.event(.migrationFinished(id, .applied, milliseconds: 480))
    #expect(session.line(with: "070_user_equals_instance      ● applied   9/9") != nil)
    #expect(session.lines[2].hasPrefix(" 66 applied · 4 pending"))
    #expect(session.line(with: "070_user_equals_instance applied in 480 ms") != nil)
  }

  @Test("a migration that was rolled back is pending as before")
  func rolledBack() {
    var session = stepping()
    session.event(.migrationFinished(id, .rolledBack(error), milliseconds: 480))
    #expect(session.lines[2].hasPrefix(" 65 applied · 5 pending"))
  }

  @Test("the end of a run shows every migration, and the states are read again")
  func summary() {
    var session = stepping()
    session.event(.migrationFinished(id, .rolledBack(error), milliseconds: 480))
    session.event(.runFinished(.failed))
    #expect(session.effects == [])
    session.post(.runEnded(nil), after: 1)
    #expect(session.effects == [.loadStatuses])
    #expect(session.line(with: "Results") != nil)
    #expect(session.line(with: "✗ Failed: 0 of 5 migrations applied") != nil)
    #expect(session.line(with: "✗ 070_user_equals_instance") != nil)
    #expect(session.line(with: "○ 071_phase1_helix_user_context               not run") != nil)
    session.press(Key(.escape), .character("v"))
    #expect(session.line(with: "Results") != nil)
  }

  @Test("a run that could not begin says why")
  func trouble() {
    var session = Session.running(.straight)
    session.post(.runEnded(Trouble("another run holds the lock: pid 4711", advice: "Wait for it to end.")))
    #expect(session.line(with: "The run did not come to its end: 0 of 5 migrations applied") != nil)
    #expect(session.line(with: "another run holds the lock: pid 4711") != nil)
    #expect(session.line(with: "Wait for it to end.") != nil)
  }

  @Test("who is in the way is named, with what they do")
  func blocked() {
    var session = stepping()
    session.press(.character("c"))
    session.event(.statementStarted(id, statement: 0))
    let blocker = SessionDescription(
      pid: 4711, user: "app", application: "psql", query: "SELECT 1", seconds: 12)
    session.event(.blocked(id, statement: 0, by: [blocker]))
    #expect(session.line(with: "waits for pid 4711") != nil)
    #expect(
      session.line(with: "waits for a lock that pid 4711 psql as app for 12.0 s: SELECT 1 holds") != nil)
    session.event(.statementFinished(id, statement: 0, milliseconds: 3, rows: nil))
    #expect(session.line(with: "· waits for pid 4711") == nil)
  }

  @Test("who waits for the run is named while a statement runs and while it waits for the operator")
  func queued() {
    var session = stepping()
    let waiter = SessionDescription(
      pid: 4712, user: "app", application: "web", query: "SELECT 2", seconds: 3)
    session.event(.queued(id, statement: 0, behind: [waiter]))
    #expect(session.line(with: "· keeps waiting pid 4712 web as app for 3.0 s: SELECT 2") != nil)
    session.event(.queued(id, statement: 0, behind: []))
    #expect(session.line(with: "· keeps waiting pid 4712") == nil)
    #expect(session.line(with: "keeps nobody waiting any more") != nil)
    session.press(.character("c"))
    session.event(.statementStarted(id, statement: 0))
    session.event(.queued(id, statement: 0, behind: [waiter]))
    #expect(session.line(with: "· keeps waiting pid 4712") != nil)
    session.event(.statementFinished(id, statement: 0, milliseconds: 3, rows: nil))
    #expect(session.line(with: "· keeps waiting pid 4712") == nil)
  }

  @Test("a run that waits for another says whose")
  func waiting() {
    var session = Session.running(.straight)
    session.event(.waitingForRun(holder: SessionDescription(pid: 99, application: "signalbox")))
    #expect(session.lines[1].contains("waiting for another run"))
    #expect(session.line(with: "another run holds this database: pid 99 signalbox") != nil)
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
