import Console
import Display
import Migrations
import Script
import Testing

@Suite("opening")
struct OpeningTests {
  @Test("the first paint needs neither project nor target, and both are asked for at once")
  func first() {
    let session = Session()
    #expect(session.effects == [.loadProject, .connect])
    #expect(session.line(with: "reading the project…") != nil)
    #expect(session.line(with: "connecting…") != nil)
  }

  @Test("the states are asked for as soon as project and target are there, whichever comes first")
  func statuses() {
    var session = Session()
    session.post(.connected(HelixFixture.server))
    #expect(session.effects == [])
    session.post(
      .projectLoaded(
        HelixFixture.project, HelixFixture.graph))
    #expect(session.effects == [.loadStatuses])
    var other = Session()
    other.post(
      .projectLoaded(
        HelixFixture.project, HelixFixture.graph))
    #expect(other.effects == [])
    other.post(.connected(HelixFixture.server))
    #expect(other.effects == [.loadStatuses])
  }

  @Test("the project can be looked at before the target answers")
  func withoutTarget() {
    var session = Session()
    session.post(
      .projectLoaded(
        HelixFixture.project, HelixFixture.graph))
    #expect(session.line(with: "Foundation") != nil)
    #expect(session.line(with: "73 migrations") != nil)
    session.press(Key(.down))
    #expect(session.line(with: "its state is not known yet") != nil)
  }

  @Test("a project that cannot be read shows every problem in place, with line, caret and advice")
  func projectFailure() {
    var session = Session()
    session.post(
      .projectFailed([
        ProjectProblem(
          code: "unknown-key", message: "unknown key `phse`",
          location: FileLocation(file: "signalbox.toml", position: SourcePosition(line: 3, column: 3)),
          line: "[[phse]]", advice: "Did you mean `phase`?"),
        ProjectProblem(code: "empty", message: "there are no migrations in it"),
      ]))
    #expect(session.line(with: "signalbox.toml:3:3") != nil)
    #expect(session.line(with: "unknown key `phse`") != nil)
    #expect(session.line(with: "Did you mean `phase`?") != nil)
    #expect(session.line(with: "there are no migrations in it") != nil)
    let lines = session.lines
    let source = lines.firstIndex { $0.contains("[[phse]]") } ?? 0
    let caret = Array(lines[source + 1]).firstIndex(of: "^")
    let column = Array(lines[source]).firstIndex(of: "[")
    #expect(caret == column.map { $0 + 2 })
  }

  @Test("R reads again what could not be read")
  func retry() {
    var session = Session()
    session.post(.projectFailed([ProjectProblem(code: "empty", message: "there are no migrations in it")]))
    session.post(.connectionFailed(Trouble("no server listens", advice: "Start it")))
    session.press(.character("R"))
    #expect(session.effects == [.loadProject, .connect])
    #expect(session.line(with: "connecting…") != nil)
  }

  @Test("a failed connection says why and what to do, and leaves the project on the screen")
  func connectionFailure() {
    var session = Session()
    session.post(
      .projectLoaded(
        HelixFixture.project, HelixFixture.graph))
    session.post(.connectionFailed(Trouble("no server listens on db:5432", advice: "Is it started?")))
    #expect(session.lines[0].contains("no connection"))
    #expect(session.line(with: "no server listens on db:5432") != nil)
    #expect(session.line(with: "Is it started?") != nil)
    #expect(session.line(with: "Foundation") != nil)
    session.press(.character("R"))
    #expect(session.effects == [.loadProject, .connect])
  }

  @Test("a refresh keeps the connection, and asks for the states once the project is read")
  func refresh() {
    var session = Session.ready()
    session.press(.character("R"))
    #expect(session.effects == [.loadProject])
    session.post(
      .projectLoaded(
        HelixFixture.project, HelixFixture.graph))
    #expect(session.effects == [.loadStatuses])
  }

  @Test(
    "phases in which nothing is left to do are folded, and the cursor stands on the first pending migration")
  func folded() {
    let session = Session.ready()
    #expect(session.line(with: "│     001_initial_schema") == nil)
    #expect(session.line(with: "▸ Foundation") != nil)
    #expect(session.line(with: "▾ Phase 1 ") != nil)
    #expect(session.line(with: "╭ 070_user_equals_instance ") != nil)
  }
}
