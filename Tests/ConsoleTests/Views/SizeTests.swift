import Console
import Display
import Migrations
import Testing

@Suite("sizes")
struct SizeTests {
  @Test("every size from nothing to a wall can be drawn, in every window")
  func everySize() {
    var sessions: [Session] = [Session(), Session.ready(adopted: false)]
    for key in ["?", "L", "T", "A", "/", "z"] {
      var session = Session.ready(adopted: false)
      session.type(key)
      sessions.append(session)
    }
    var failing = Session.running(.step)
    failing.event(.migrationStarted(HelixFixture.pending[0], attempt: 1))
    failing.event(
      .paused(
        HelixFixture.pending[0], statement: 0,
        .failure(ServerMessage(severity: "ERROR", code: "1", message: "no", statementPosition: 86))))
    sessions.append(failing)
    for session in sessions {
      for columns in [0, 1, 39, 40, 63, 64, 109, 110, 400] {
        for rows in [0, 1, 9, 10, 15, 16, 24, 50] {
          var resized = session
          resized.post(.resized(Size(columns: columns, rows: rows)))
          #expect(resized.frame.size == Size(columns: columns, rows: rows))
        }
      }
    }
  }

  @Test("a terminal that is too small says what it needs")
  func tooSmall() {
    let session = Session.ready(columns: 39, rows: 10)
    #expect(session.lines[0] == "Signalbox needs 40 columns")
    var running = Session.running(.straight)
    running.post(.resized(Size(columns: 30, rows: 5)))
    #expect(running.line(with: "The run goes on.") != nil)
  }

  @Test("a narrow screen shows the list and one pane beside it, which Tab exchanges")
  func narrow() {
    var session = Session.ready(columns: 80, rows: 24)
    #expect(session.line(with: "╭ Verification") != nil)
    #expect(session.line(with: "╭ Graph") == nil)
    session.press(Key(.tab))
    #expect(session.line(with: "╭ Graph") != nil)
    #expect(session.line(with: "╭ Phases") != nil)
    session.press(Key(.tab), Key(.tab))
    #expect(session.line(with: "╭ Verification") != nil)
  }

  @Test("a very narrow or low screen shows the pane that has the keys")
  func tiny() {
    var session = Session.ready(columns: 50, rows: 12)
    #expect(session.line(with: "╭ Phases") != nil)
    session.press(Key(.tab))
    #expect(session.line(with: "╭ Graph") != nil)
    #expect(session.line(with: "╭ Phases") == nil)
    session.press(Key(.tab), Key(.tab))
    #expect(session.line(with: "╭ 070_user_equals_instance") != nil)
  }

  @Test("the cursor stays in sight when the screen shrinks")
  func shrink() {
    var session = Session.ready(rows: 60)
    session.press(Key(.end), Key(.right), Key(.end))
    session.post(.resized(Size(columns: 80, rows: 16)))
    #expect(session.line(with: "test_email_schema") != nil)
  }

  @Test("the last of 10,000 rows is drawn as the first")
  func many() {
    let ids = (0..<10_000).map { MigrationID("m\($0)_table") }
    let project = Project(
      name: "large", root: ".",
      migrations: ids.map { Migration(id: $0, version: "", name: $0.rawValue, file: "\($0).sql") },
      phases: [Phase(name: "All", migrations: ids)])
    let graph = RequirementGraph(nodes: ids, requirements: [])
    var session = Session()
    session.post(.projectLoaded(project, graph))
    session.post(.connected(HelixFixture.server))
    session.post(.statusesLoaded(ids.map { MigrationStatus(id: $0, state: .pending) }, findings: []))
    session.press(Key(.end))
    #expect(session.line(with: "[ ] m9999_table") != nil)
    session.press(Key(.home))
    #expect(session.line(with: "[ ] m0_table") != nil)
    session.press(.character("*"))
    #expect(session.lines[2].hasSuffix("10000 chosen"))
    session.press(.character("/"))
    session.type("m99")
    #expect(session.lines.last?.contains("/m99   111 of 10000") == true)
  }
}
