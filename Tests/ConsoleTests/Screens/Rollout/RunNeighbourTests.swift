import Console
import Display
import Migrations
import Testing

@Suite("who is in the way of a run")
struct RunNeighbourTests {
  private let id = HelixFixture.pending[0]

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

  @Test("who is in the way is named, with what they do")
  func blocked() {
    var session = Session.stepping()
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
    var session = Session.stepping()
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
}
