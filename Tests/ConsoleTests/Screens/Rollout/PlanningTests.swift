import Console
import Display
import Migrations
import Testing
import Verification

@Suite("planning and starting")
struct PlanningTests {
  @Test("states that are read again stay usable meanwhile")
  func readAgain() {
    var session = Session.ready()
    session.post(.adopted([HelixFixture.applied[0]]))
    #expect(session.effects == [.loadStatuses])
    session.press(.character("*"))
    #expect(session.line(with: "[x] 070_user_equals_instance") != nil)
    session.press(.character("a"))
    #expect(session.effects == [.computePlan(HelixFixture.pending, request: 1)])
  }

  @Test("why a key does nothing stands in the line of the hints until the next key, not in the log")
  func refusal() {
    var session = Session.ready()
    session.press(.character("p"))
    #expect(session.lines.last?.contains("! Plan: nothing is chosen") == true)
    session.press(.character("L"))
    #expect(session.line(with: "nothing is chosen") == nil)
  }

  @Test("a plan is asked for with what was chosen, in the project's order")
  func request() {
    var session = Session.ready()
    session.press(.character("*"), .character("p"))
    #expect(session.effects == [.computePlan(HelixFixture.pending, request: 1)])
    #expect(session.line(with: "planning…") != nil)
  }

  @Test("without a choice there is no plan, and the reason is said")
  func nothingChosen() {
    var session = Session.ready()
    session.press(.character("p"))
    #expect(session.effects == [])
    #expect(session.line(with: "Plan: nothing is chosen: space chooses one, * all that are pending") != nil)
  }

  @Test("a plan shows its steps with their strongest locks, and runs nothing")
  func plan() {
    var session = Session.ready()
    session.press(.character("*"), .character("p"))
    session.post(.planComputed(HelixFixture.plan(), request: 1))
    #expect(session.line(with: "Plan for staging") != nil)
    #expect(
      session.line(with: "1 070_user_equals_instance         9 statements  ACCESS EXCLUSIVE telemetry") != nil
    )
    #expect(session.effects == [])
  }

  @Test("a plan shows what the lints say of its steps, and what a baseline makes needless")
  func lintsAndBaselines() {
    var session = Session.ready()
    session.press(.character("*"), .character("p"))
    var plan = HelixFixture.plan()
    plan.steps[1].migration.covers = ["001_initial_schema", "002_telemetry_tables"]
    session.post(.planComputed(plan, request: 1))
    #expect(session.screen.contains("in place of 2 migrations, superseded then: 001_initial_schema to"))
    let finding = Finding(
      code: "index-without-concurrently", severity: .warning, migration: HelixFixture.pending[0],
      message: "CREATE INDEX keeps writers out")
    session.post(.planLinted([finding], request: 1))
    #expect(session.line(with: "! CREATE INDEX keeps writers out") != nil)
  }

  @Test("an answer to an older question is not taken for the newer one's")
  func stale() {
    var session = Session.ready()
    session.press(.character("*"), .character("p"), Key(.escape), .character("p"))
    #expect(session.effects == [.computePlan(HelixFixture.pending, request: 2)])
    session.post(.planComputed(HelixFixture.plan([HelixFixture.pending[0]]), request: 1))
    #expect(session.line(with: "planning…") != nil)
  }

  @Test("the key that starts is not the key that confirms", arguments: ["a", "s", "d"] as [Character])
  func confirmation(_ key: Character) {
    var session = Session.ready()
    session.press(.character("*"), .character(key))
    session.post(.planComputed(HelixFixture.plan(), request: 1))
    session.press(.character(key), .character(key), Key(.enter), .character(" "))
    #expect(!session.hasStarted)
    session.press(.character("y"))
    let mode: RunMode = key == "a" ? .straight : key == "s" ? .step : .dryRun
    #expect(session.effects == [.startRun(HelixFixture.plan(), mode)])
  }

  @Test("the plan is in sight while the question stands")
  func inSight() {
    var session = Session.ready()
    session.press(.character("*"), .character("a"))
    session.post(.planComputed(HelixFixture.plan(), request: 1))
    #expect(session.line(with: "Plan for staging") != nil)
    #expect(session.line(with: "Apply 5 migrations?") != nil)
    #expect(session.line(with: "1 of 5 lock tables against everybody else (ACCESS EXCLUSIVE)") != nil)
  }

  @Test("no is one key away and changes nothing")
  func declined() {
    var session = Session.ready()
    session.press(.character("*"), .character("a"))
    session.post(.planComputed(HelixFixture.plan(), request: 1))
    session.press(Key(.escape))
    #expect(session.line(with: "Apply 5 migrations?") == nil)
    #expect(session.line(with: "Plan for") == nil)
    #expect(!session.hasStarted)
  }

  @Test("a plan with problems shows them and cannot be run")
  func problems() {
    var session = Session.ready()
    session.press(.character("*"), .character("a"))
    var plan = HelixFixture.plan()
    plan.problems = [
      ProjectProblem(
        code: "requirement-skipped", message: "070 needs 019b, which is skipped", advice: "Choose it apart")
    ]
    session.post(.planComputed(plan, request: 1))
    #expect(session.line(with: "✗ 070 needs 019b, which is skipped") != nil)
    #expect(session.line(with: "Choose it apart") != nil)
    session.press(.character("a"))
    #expect(session.line(with: "Apply: the plan has problems") != nil)
    session.press(.character("y"))
    #expect(!session.hasStarted)
  }

  @Test("a migration that cannot run in one transaction is named in the question")
  func loose() {
    var session = Session.ready()
    session.press(.character("*"), .character("a"))
    var plan = HelixFixture.plan()
    plan.steps[1].mode = .statementByStatement(reason: "CREATE INDEX CONCURRENTLY")
    session.post(.planComputed(plan, request: 1))
    #expect(session.line(with: "071_phase1_helix_user_context cannot run in one transaction") != nil)
  }

  @Test("a plan that cannot be made says why")
  func failed() {
    var session = Session.ready()
    session.press(.character("*"), .character("p"))
    session.post(.planFailed(Trouble("the connection was lost", advice: "R connects again"), request: 1))
    #expect(session.lines.contains { $0.contains("│ the connection was lost") })
    session.press(.character("a"))
    #expect(session.line(with: "Apply: there is no plan") != nil)
  }
}

extension Session {
  /// Whether the last action began a run.
  var hasStarted: Bool {
    effects.contains { if case .startRun = $0 { true } else { false } }
  }
}
