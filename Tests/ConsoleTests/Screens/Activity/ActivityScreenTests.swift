import Display
import Migrations
import Schema
import ServerActivity
import Testing

@testable import Console

@Suite("the Activity screen")
struct ActivityScreenTests {
  private static let activity = Activity(
    sessions: [
      ServerActivity.Session(
        id: 101, startedAt: 1, user: "app", database: "postgres", application: "web", address: "10.0.0.7",
        kind: "client backend", state: "idle in transaction", query: "SELECT *\nFROM telemetry",
        stateSeconds: 300,
        transactionSeconds: 312),
      ServerActivity.Session(
        id: 102, startedAt: 2, user: "app", database: "postgres", application: "worker",
        kind: "client backend",
        state: "active", waitEventType: "Lock", waitEvent: "relation",
        query: "ALTER TABLE heartbeats ADD COLUMN note text", stateSeconds: 40, transactionSeconds: 41,
        blockedBy: [103]),
      ServerActivity.Session(
        id: 103, startedAt: 3, user: "analyst", database: "postgres", application: "psql",
        kind: "client backend", state: "active", query: "CREATE INDEX ON heartbeats (server_timestamp)",
        stateSeconds: 65, transactionSeconds: 65),
      ServerActivity.Session(
        id: 104, startedAt: 4, user: "app", database: "postgres", application: "web", kind: "client backend",
        state: "idle", query: "COMMIT", stateSeconds: 4_000),
      ServerActivity.Session(id: 50, startedAt: 5, kind: "checkpointer"),
      ServerActivity.Session(
        id: 200, startedAt: 6, user: "postgres", kind: "client backend", state: "active", isOwn: true),
    ],
    locks: [
      RelationLock(
        session: 101, relation: .table("public", "telemetry"), mode: "AccessShareLock", isGranted: true),
      RelationLock(
        session: 102, relation: .table("public", "heartbeats"), mode: "AccessExclusiveLock", isGranted: false),
      RelationLock(
        session: 103, relation: .table("public", "heartbeats"), mode: "ShareLock", isGranted: true),
    ],
    progress: [
      ServerActivity.StatementProgress(
        session: 103, command: "CREATE INDEX", phase: "building index: scanning table",
        relation: .table("public", "heartbeats"), done: 618, total: 1_000)
    ])

  private static let look = ScreenRequest.activity(.look)

  /// A console on the Activity screen, answered once.
  private static func session(
    columns: Int = 120, rows: Int = 36, options: ConsoleOptions = ConsoleOptions(target: "staging")
  ) -> Session {
    var session = Session.ready(columns: columns, rows: rows, options: options)
    session.press(.character("5"))
    session.post(.answered(look, number: 1, .success(.activity(.activity(activity)))), after: 0.01)
    return session
  }

  @Test("asks when it is shown, and shows who waits below those they wait for")
  func trees() throws {
    var session = Session.ready()
    session.press(.character("5"))
    #expect(session.effects == [.load(Self.look, number: 1)])
    session = Self.session()
    let lines = session.lines
    let holder = try #require(lines.firstIndex { $0.contains(" 103 ") })
    #expect(lines[holder - 1].contains("Waiting, below those they wait for 2"))
    #expect(lines[holder].contains("61%"))
    #expect(lines[holder + 1].contains("╰─"))
    #expect(lines[holder + 1].contains("102"))
    #expect(session.line(with: "4 sessions · 1 waiting · 1 idle in a transaction") != nil)
    #expect(session.line(with: " 200 ") == nil)
  }

  @Test("says which sessions stand in the way of what is chosen, and with which lock")
  func obstacles() {
    var session = Self.session()
    #expect(session.line(with: "2 in the way of what is pending") != nil)
    session.press(.character("/"))
    session.type("101")
    session.press(Key(.enter))
    #expect(session.screen.contains("needs ACCESS EXCLUSIVE on table telemetry"))
    #expect(session.screen.contains("ACCESS SHARE"))
  }

  @Test("reads again every two seconds while it is shown, not on other screens, not when told not to")
  func following() throws {
    var session = Self.session()
    let due = try #require(session.state.nextDeadline)
    #expect(abs(due - (session.now + 2 - 0.01)) < 0.001)
    session.post(.tick, after: 1)
    #expect(session.effects.isEmpty)
    session.post(.tick, after: 1)
    #expect(session.effects == [.load(Self.look, number: 2)])
    session.post(.answered(Self.look, number: 2, .success(.activity(.activity(Self.activity)))))
    session.press(.character("w"))
    #expect(session.state.nextDeadline == nil)
    session.press(.character("w"), .character("1"))
    session.post(.answered(Self.look, number: 3, .success(.activity(.activity(Self.activity)))))
    #expect(session.state.nextDeadline == nil)
  }

  @Test("cancels and ends sessions only after a question that says what happens")
  func signals() throws {
    var session = Self.session()
    session.press(.character("/"))
    session.type("103")
    session.press(Key(.enter), .character("c"))
    #expect(session.screen.contains("pg_cancel_backend"))
    #expect(session.effects.isEmpty)
    session.press(.character("y"))
    let key = SessionKey(process: 103, startedAt: 3)
    let request = ScreenRequest.activity(.signal(.cancelStatement, key))
    #expect(session.effects == [.load(request, number: 2)])
    session.post(.answered(request, number: 2, .success(.activity(.signalled(true)))))
    #expect(session.line(with: "session 103 was told to cancel its statement") != nil)
    #expect(session.effects == [.load(Self.look, number: 3)])
    session.press(.character("X"), Key(.escape))
    #expect(session.effects.isEmpty)
  }

  @Test("does not offer to disturb anybody where nothing may be changed")
  func readOnly() {
    var session = Self.session(
      options: ConsoleOptions(target: "staging", readOnlyReason: "--read-only was given"))
    session.press(.character("X"))
    #expect(session.line(with: "--read-only was given") != nil)
    #expect(session.state.overlays.isEmpty)
    session = Self.session(options: ConsoleOptions(target: "production", isProtected: true))
    session.press(.character("X"))
    #expect(session.line(with: "no session is ended from here") != nil)
  }

  @Test("stops watching when the target does not answer, and says why once")
  func failure() {
    var session = Self.session()
    session.post(.tick, after: 2)
    session.post(.answered(Self.look, number: 2, .failure(Trouble("the connection is gone"))))
    #expect(session.state.nextDeadline == nil)
    #expect(session.line(with: "the connection is gone") != nil)
  }

  @Test("looks as recorded", arguments: GoldenFrameTests.sizes)
  func golden(_ size: Size) throws {
    try expectGolden(
      Self.session(columns: size.columns, rows: size.rows).frame, "activity-\(size.columns)x\(size.rows)")
  }
}
