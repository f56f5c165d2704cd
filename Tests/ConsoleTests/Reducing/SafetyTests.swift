import Console
import Display
import Migrations
import Testing

@Suite("safety")
struct SafetyTests {
  @Test("Esc never quits, wherever it is pressed")
  func escape() {
    var session = Session.ready()
    for key in ["", "?", "/", "T", "L", "p", "A"] {
      session.type(key)
      for _ in 0..<4 {
        session.press(Key(.escape))
        #expect(!session.effects.contains(.quit))
      }
    }
  }

  @Test("q quits at once when nothing runs", arguments: [Key.character("q"), Key.control("c")])
  func quit(_ key: Key) {
    var session = Session.ready()
    session.press(key)
    #expect(session.effects == [.quit])
  }

  @Test("quitting during a run asks, aborts, and leaves when the run has ended", arguments: ["q", "^C"])
  func quitWhileRunning(_ key: String) {
    var session = Session.running(.straight)
    session.press(key == "q" ? .character("q") : .control("c"))
    #expect(session.effects == [])
    #expect(session.line(with: "Abort the run and quit?") != nil)
    session.press(.character("q"))
    #expect(session.effects == [])
    session.press(.character("y"))
    #expect(session.effects == [.send(.abort)])
    session.event(.runFinished(.aborted))
    #expect(session.effects == [])
    session.post(.runEnded(nil))
    #expect(session.effects == [.quit])
  }

  @Test("staying is one key away")
  func stay() {
    var session = Session.running(.straight)
    session.press(.character("q"), Key(.escape))
    session.post(.runEnded(nil))
    #expect(!session.effects.contains(.quit))
  }

  @Test("a run that does not end can be left, after another question")
  func quitAtOnce() {
    var session = Session.running(.straight)
    session.press(.character("q"), .character("y"), .character("q"))
    #expect(session.line(with: "Quit without waiting for the end of the run?") != nil)
    session.press(.character("y"))
    #expect(session.effects == [.quit])
  }

  @Test("on a protected target the database's name must be typed out")
  func protected() {
    var session = Session.ready(options: ConsoleOptions(target: "production", isProtected: true))
    session.press(.character("*"), .character("a"))
    session.post(.planComputed(HelixFixture.plan(), request: 1))
    #expect(session.line(with: "Type the database's name") == nil)
    session.post(.accessForetold(AccessOutlook(.prediction, steps: []), request: 1))
    #expect(session.line(with: "Type the database's name to confirm: postgres") != nil)
    session.press(.character("y"), Key(.enter))
    #expect(!session.hasStarted)
    #expect(session.line(with: "> y") != nil)
    session.press(Key(.backspace))
    session.type("postgre")
    session.press(Key(.enter))
    #expect(!session.hasStarted)
    session.type("s")
    session.press(Key(.enter))
    #expect(session.hasStarted)
  }

  @Test("on a protected target what widens access must be typed out before the database's name")
  func acknowledgement() {
    var session = Session.ready(options: ConsoleOptions(target: "production", isProtected: true))
    session.press(.character("*"), .character("a"))
    session.post(.planComputed(HelixFixture.plan(), request: 1))
    session.post(.accessForetold(HelixFixture.widening, request: 1))
    #expect(session.line(with: "exposed: anon can now read public.plan_limits") != nil)
    #expect(session.line(with: "  anon public.plan_limits ") != nil)
    session.type("postgres")
    session.press(Key(.enter))
    #expect(session.line(with: "  anon public.plan_limits ") != nil)
    session.press(.control("u"))
    session.type("anon public.plan_limits")
    session.press(Key(.enter))
    #expect(!session.hasStarted)
    #expect(session.line(with: "Type the database's name to confirm: postgres") != nil)
    session.type("postgres")
    session.press(Key(.enter))
    #expect(session.hasStarted)
  }

  @Test("elsewhere what widens is shown with the plan, and asks for nothing more")
  func unprotected() {
    var session = Session.ready()
    session.press(.character("*"), .character("p"))
    session.post(.planComputed(HelixFixture.plan(), request: 1))
    session.post(.accessForetold(HelixFixture.widening, request: 1))
    session.press(Key(.end))
    #expect(session.line(with: "widens   exposed: anon can now read public.plan_limits") != nil)
    session.press(.character("a"), .character("y"))
    #expect(session.hasStarted)
  }

  @Test("a protected target is told apart by words and by the whole first line")
  func protectedHeader() {
    let session = Session.ready(options: ConsoleOptions(target: "production", isProtected: true))
    #expect(session.lines[0].hasSuffix("⛊ protected"))
    #expect(session.frame[100, 0].style.background == .ansi(.red))
  }

  @Test("statements cannot be skipped on a protected target")
  func noSkip() {
    var session = Session.running(
      .step, options: ConsoleOptions(target: "production", isProtected: true))
    session.press(.control("u"))
    session.type("postgres")
    session.press(Key(.enter))
    session.event(.migrationStarted(HelixFixture.pending[0], attempt: 1))
    session.event(.paused(HelixFixture.pending[0], statement: 0, .step))
    session.press(.character("S"))
    #expect(session.line(with: "Skip statement: not on a protected target") != nil)
    session.press(.character("y"))
    #expect(session.effects == [])
  }

  @Test("read-only offers nothing that changes, and says why when asked", arguments: ["a", "s", "d", "A"])
  func readOnly(_ key: String) {
    var session = Session.ready(
      options: ConsoleOptions(target: "staging", readOnlyReason: "started with --read-only"), adopted: false)
    #expect(session.lines[0].hasSuffix("⛊ read-only"))
    let hints = session.lines.last ?? ""
    for hint in ["a apply", "s step", "d dry run", "A adopt"] { #expect(!hints.contains(hint)) }
    session.press(.character("*"))
    session.type(key)
    #expect(session.effects == [])
    #expect(session.line(with: "read-only: started with --read-only") != nil)
  }

  @Test("a server that cannot write makes the console read-only")
  func standby() {
    var session = Session.ready()
    var server = HelixFixture.server
    server.isReadOnly = true
    session.post(.connected(server))
    session.post(.statusesLoaded(HelixFixture.statuses(), findings: []))
    #expect(session.lines[0].hasSuffix("⛊ read-only"))
    session.press(.character("*"), .character("a"))
    #expect(session.line(with: "Apply: read-only: the server's session is read-only") != nil)
  }

  @Test("a plan can be looked at in read-only, but not run from there")
  func readOnlyPlan() {
    var session = Session.ready(options: ConsoleOptions(readOnlyReason: "started with --read-only"))
    session.press(.character("*"), .character("p"))
    session.post(.planComputed(HelixFixture.plan(), request: 1))
    session.press(.character("a"), .character("y"))
    #expect(!session.hasStarted)
  }
}
