import Console
import Display
import Migrations
import Testing

@Suite("the end of a run")
struct RunEndingTests {
  private let id = HelixFixture.pending[0]
  private let error = HelixFixture.failure

  @Test("an incomplete verification shows what is missing and is accepted only after a question")
  func unverified() {
    var session = Session.stepping()
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
    var session = Session.stepping()
    session.press(.character("c"))
    session.event(.verified(id, HelixFixture.wholeEvidence))
    session.event(.migrationFinished(id, .applied, milliseconds: 480))
    #expect(session.line(with: "070_user_equals_instance      ● applied   9/9") != nil)
    #expect(session.lines[2].hasPrefix(" 66 applied · 4 pending"))
    #expect(session.line(with: "070_user_equals_instance applied in 480 ms") != nil)
  }

  @Test("a migration that was rolled back is pending as before")
  func rolledBack() {
    var session = Session.stepping()
    session.event(.migrationFinished(id, .rolledBack(error), milliseconds: 480))
    #expect(session.lines[2].hasPrefix(" 65 applied · 5 pending"))
  }

  @Test("the end of a run shows every migration, and the states are read again")
  func summary() {
    var session = Session.stepping()
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

  @Test("a run whose server was lost claims nothing of the migration that had begun")
  func lost() {
    var session = Session.stepping()
    session.post(.runEnded(Trouble("the run was left without an answer")))
    #expect(
      session.line(with: "○ 070_user_equals_instance                    begun; how it ended is not known")
        != nil)
    #expect(session.line(with: "○ 071_phase1_helix_user_context               not run") != nil)
  }

  @Test("a run that could not begin says why")
  func trouble() {
    var session = Session.running(.straight)
    session.post(.runEnded(Trouble("another run holds the lock: pid 4711", advice: "Wait for it to end.")))
    #expect(session.line(with: "The run did not come to its end: 0 of 5 migrations applied") != nil)
    #expect(session.line(with: "another run holds the lock: pid 4711") != nil)
    #expect(session.line(with: "Wait for it to end.") != nil)
  }
}
