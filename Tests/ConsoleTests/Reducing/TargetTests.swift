import Display
import Migrations
import Schema
import Testing
import Verification

@testable import Console

@Suite("going to another target")
struct TargetTests {
  private func session() -> Session {
    var project = HelixFixture.project
    project.targets = [
      TargetDeclaration(name: "staging", url: "postgresql://u:secret@db.internal/s", colour: "green"),
      TargetDeclaration(
        name: "production", url: "$PRODUCTION_URL", label: "LIVE", isProtected: true, colour: "red"),
    ]
    var session = Session.ready()
    session.post(.projectLoaded(project, HelixFixture.graph))
    session.post(.statusesLoaded(HelixFixture.statuses(), findings: HelixFixture.findings))
    return session
  }

  @Test("shows the targets, never their addresses")
  func list() {
    var session = session()
    session.press(.control("t"))
    #expect(session.line(with: "✓ this one")?.contains("staging") == true)
    #expect(session.line(with: "production  LIVE  ⛊ protected") != nil)
    #expect(!session.screen.contains("secret"))
  }

  @Test("forgets everything of the one before, and asks as carefully as the new one wants")
  func switching() {
    var session = session()
    session.press(.character("*"), .control("t"), Key(.down), Key(.enter))
    #expect(session.effects.contains(.switchTarget("production")))
    #expect(session.lines[0].contains("LIVE"))
    #expect(session.lines[0].contains("protected"))
    #expect(session.line(with: "5 pending") == nil)
    #expect(session.state.rollout.selection.isEmpty)
    session.press(.character("4"))
    #expect(session.line(with: "column telemetry.user_id of type uuid is not there") == nil)
  }

  @Test("can be typed, and an unknown one names those that there are")
  func typed() {
    var session = session()
    session.press(.character(":"))
    session.type("target nowhere")
    session.press(Key(.enter))
    #expect(session.lines.last?.contains("there is no target “nowhere”: staging, production") == true)
    session.press(.character(":"))
    session.type("target production")
    session.press(Key(.enter))
    #expect(session.effects.contains(.switchTarget("production")))
  }

  @Test("not while a run goes on")
  func duringRun() {
    var session = Session.running(.straight)
    session.press(.control("t"))
    #expect(session.lines.last?.contains("a run is going on") == true)
  }
}
