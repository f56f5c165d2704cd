import Display
import Migrations
import Testing

@testable import Console

@Suite("clicks and the wheel")
struct MouseTests {
  private struct NotOnScreen: Error { var text: String }

  private func point(of text: String, in session: Session) throws -> Point {
    let wanted = Array(text)
    for (row, line) in session.lines.enumerated() {
      let characters = Array(line)
      for column in characters.indices where characters[column...].starts(with: wanted) {
        return Point(column: column, row: row)
      }
    }
    throw NotOnScreen(text: text)
  }

  @Test("a click goes to the row, another opens it")
  func rows() throws {
    var session = Session.ready()
    let point = try point(of: "072_phase1b_memory_synthesis  ", in: session)
    session.post(.mouse(MouseEvent(.press, at: point)))
    #expect(session.state.shownMigration == "072_phase1b_memory_synthesis")
    session.post(.mouse(MouseEvent(.press, at: point)))
    #expect(session.state.rollout.focus == .statements)
  }

  @Test("a click on a tab shows its screen")
  func tabs() throws {
    var session = Session.ready()
    session.post(.mouse(MouseEvent(.press, at: try point(of: "4 Verify", in: session))))
    #expect(session.state.screen == .verify)
  }

  @Test("the wheel moves what is under it and leaves the keys where they are")
  func wheel() throws {
    var session = Session.ready()
    let before = session.state.rollout.list.position.cursor
    session.press(Key(.tab))
    session.post(
      .mouse(MouseEvent(.wheelUp, at: try point(of: "072_phase1b_memory_synthesis  ", in: session))))
    #expect(session.state.rollout.list.position.cursor == before - 3)
    #expect(session.state.rollout.focus == .graph)
  }

  @Test("a click never answers a question")
  func questions() throws {
    var session = Session.ready()
    session.press(.character("*"), .character("a"))
    session.post(.planComputed(HelixFixture.plan(), request: 1))
    for row in 0..<36 {
      session.post(.mouse(MouseEvent(.press, at: Point(column: 60, row: row))))
      #expect(session.effects.isEmpty)
    }
    #expect(session.line(with: "Apply 5 migrations?") != nil)
  }
}

@Suite("files that change on disk")
struct FileChangeTests {
  @Test("the project is read again, once, however often they change meanwhile")
  func reload() {
    var session = Session.ready()
    session.post(.filesChanged)
    #expect(session.effects == [.loadProject])
    session.post(.filesChanged)
    #expect(session.effects.isEmpty)
  }

  @Test("during a run it is read after it")
  func duringRun() {
    var session = Session.running(.straight)
    session.post(.filesChanged)
    #expect(session.effects.isEmpty)
    session.event(.runFinished(.done))
    session.post(.runEnded(nil))
    #expect(session.effects.contains(.loadProject))
  }

  @Test("nothing is read while that is switched off")
  func off() {
    var session = Session.ready()
    session.press(.character(":"))
    session.type("set noreload")
    session.press(Key(.enter))
    session.post(.filesChanged)
    #expect(session.effects.isEmpty)
  }
}
