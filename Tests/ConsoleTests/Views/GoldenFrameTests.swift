import Console
import Display
import Migrations
import Testing

/// The screen as a whole, at the sizes that people have.
@Suite("golden frames")
struct GoldenFrameTests {
  static let sizes = [
    Size(columns: 80, rows: 24), Size(columns: 120, rows: 36), Size(columns: 200, rows: 60),
  ]

  @Test("before anything is loaded", arguments: sizes)
  func opening(_ size: Size) throws {
    let session = Session(columns: size.columns, rows: size.rows)
    try expectGolden(session.frame, "opening-\(size.columns)x\(size.rows)")
  }

  @Test("the project with its states", arguments: sizes)
  func ready(_ size: Size) throws {
    let session = Session.ready(columns: size.columns, rows: size.rows, adopted: false)
    try expectGolden(session.frame, "ready-\(size.columns)x\(size.rows)")
  }

  @Test("a choice with what comes along", arguments: sizes)
  func chosen(_ size: Size) throws {
    var session = Session.ready(columns: size.columns, rows: size.rows)
    session.press(Key(.down), .character(" "))
    try expectGolden(session.frame, "chosen-\(size.columns)x\(size.rows)")
  }

  @Test("the plan with its question", arguments: sizes)
  func plan(_ size: Size) throws {
    var session = Session.ready(columns: size.columns, rows: size.rows)
    session.press(.character("*"), .character("p"))
    session.post(.planComputed(HelixFixture.plan(), request: 1))
    try expectGolden(session.frame, "plan-\(size.columns)x\(size.rows)")
    session.press(.character("a"))
    try expectGolden(session.frame, "confirmation-\(size.columns)x\(size.rows)")
  }

  @Test("a run in the middle of a migration", arguments: sizes)
  func running(_ size: Size) throws {
    var session = Session.running(.step, columns: size.columns, rows: size.rows)
    let id = HelixFixture.pending[0]
    session.event(.migrationStarted(id, attempt: 1))
    for statement in 0..<3 {
      session.event(.statementStarted(id, statement: statement))
      session.event(.statementFinished(id, statement: statement, milliseconds: 12.4, rows: nil), after: 0.012)
    }
    session.event(
      .notice(
        id, statement: 3,
        ServerMessage(
          severity: "NOTICE", code: "00000",
          message: "relation \"idx_telemetry_user_id\" does not exist, creating")))
    session.event(.paused(id, statement: 3, .step), after: 0.4)
    try expectGolden(session.frame, "waiting-\(size.columns)x\(size.rows)")
    session.press(.character("n"))
    session.event(.statementStarted(id, statement: 3))
    session.post(.tick, after: 0.8)
    try expectGolden(session.frame, "running-\(size.columns)x\(size.rows)")
  }

  @Test("a statement that failed", arguments: sizes)
  func failure(_ size: Size) throws {
    var session = Session.running(.straight, columns: size.columns, rows: size.rows)
    let id = HelixFixture.pending[0]
    session.event(.migrationStarted(id, attempt: 1))
    session.event(.statementStarted(id, statement: 0))
    let message = ServerMessage(
      severity: "ERROR", code: "42P01", message: "relation \"auth.users\" does not exist",
      detail: "The schema auth is not there.", hint: "Install the platform first.", statementPosition: 81)
    session.event(.statementFailed(id, statement: 0, message))
    session.event(.paused(id, statement: 0, .failure(message)))
    try expectGolden(session.frame, "failure-\(size.columns)x\(size.rows)")
  }

  @Test("how a run ended", arguments: sizes)
  func summary(_ size: Size) throws {
    var session = Session.running(.straight, columns: size.columns, rows: size.rows)
    for id in HelixFixture.pending {
      session.event(.migrationStarted(id, attempt: 1))
      session.event(.verified(id, HelixFixture.wholeEvidence))
      session.event(.migrationFinished(id, .applied, milliseconds: 128), after: 0.13)
    }
    session.event(.runFinished(.done))
    session.post(.runEnded(nil))
    try expectGolden(session.frame, "summary-\(size.columns)x\(size.rows)")
  }

  @Test("the help", arguments: sizes)
  func help(_ size: Size) throws {
    var session = Session.ready(columns: size.columns, rows: size.rows)
    session.press(.character("?"))
    try expectGolden(session.frame, "help-\(size.columns)x\(size.rows)")
  }

  @Test("the main screen in ASCII")
  func ascii() throws {
    var session = Session.ready(glyphs: .ascii)
    session.press(.character(" "))
    try expectGolden(session.frame, "ascii-120x36")
    #expect(session.screen.utf8.allSatisfy { $0 < 0x80 })
  }
}
