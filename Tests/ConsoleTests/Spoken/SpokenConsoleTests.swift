import Display
import Migrations
import Testing

@testable import Console

/// The console in plain lines, told what happens and what is typed.
@Suite("the console in words")
struct SpokenConsoleTests {
  /// A session whose lines are collected.
  private struct Talk {
    var session: Session
    var speech = SpokenConsole()
    var said: [String] = []

    init(_ session: Session) {
      self.session = session
      said = speech.news(session.state)
    }

    mutating func type(_ line: String) {
      let (answer, actions) = speech.hear(line, session.state)
      said = answer
      for action in actions { session.post(action) }
      said += speech.news(session.state)
    }

    mutating func post(_ action: ConsoleAction) {
      session.post(action)
      said = speech.news(session.state)
    }

    var prompt: String { speech.prompt(session.state) }
  }

  @Test("what is known is said once, in lines without signs")
  func news() {
    var talk = Talk(.ready())
    #expect(talk.said.contains("Migrations: 65 applied, 5 pending, 3 skipped"))
    #expect(talk.speech.news(talk.session.state).isEmpty)
    for line in talk.said { #expect(line.unicodeScalars.allSatisfy { $0.isASCII }, "\(line)") }
  }

  @Test("status lists phases, and what can run with numbers")
  func status() {
    var talk = Talk(.ready())
    talk.type("status")
    #expect(talk.said.contains("Foundation: 10 applied"))
    #expect(talk.said.contains("1. 070_user_equals_instance, pending, 3 of 9 objects found"))
    #expect(talk.said.contains("5. 20260206_rls_policies, pending, 0 of 4 objects found"))
  }

  @Test(
    "a number, an id, a version and a sentence choose the same, and say what comes along",
    arguments: ["3", "072_phase1b_memory_synthesis", "072", "choose 3", ":choose 072"])
  func choosing(line: String) {
    var talk = Talk(.ready())
    talk.type("status")
    talk.type(line)
    #expect(
      talk.said.contains(
        "Chosen: 072_phase1b_memory_synthesis. Coming along because they are needed: 070_user_equals_instance, "
          + "071_phase1_helix_user_context."), "\(talk.said)")
    #expect(talk.said.contains { $0.hasPrefix("071_phase1_helix_user_context comes with it: ") })
    talk.type("choose none")
    #expect(talk.said == ["Nothing is chosen."])
  }

  @Test("a plan is said line by line, and applied after a yes")
  func applying() {
    var talk = Talk(.ready())
    talk.type("apply pending")
    talk.post(.planComputed(HelixFixture.plan(), request: 1))
    #expect(talk.said.contains("Apply 5 migrations?"))
    #expect(talk.prompt == "Yes or no: ")
    talk.type("no")
    #expect(talk.session.effects.isEmpty)
    talk.type("apply")
    talk.post(.planComputed(HelixFixture.plan(), request: 2))
    talk.type("yes")
    guard case .startRun(_, .straight)? = talk.session.effects.first else {
      Issue.record("no run: \(talk.session.effects), \(talk.said)")
      return
    }
  }

  @Test("commands are named by their words, never by keys")
  func words() {
    var talk = Talk(.ready(options: ConsoleOptions(target: "staging", isSpoken: true), adopted: false))
    #expect(talk.said.contains { $0.hasSuffix("in the database without history: adopt adopts them") })
    talk.type("adopt")
    #expect(talk.said.first == "Adopt 65 migrations?")
    #expect(!talk.said.contains { $0.contains("Esc") }, "\(talk.said)")
    talk.type("no")
    talk.type("frobnicate")
    #expect(talk.said.last?.hasSuffix("help lists all") == true)
  }

  @Test("how a run is stopped is said once at its beginning, without a prompt between its lines")
  func running() {
    var talk = Talk(.running(.straight))
    #expect(talk.said.first == "The run begins: type pause, abort or quit to stop it.")
    #expect(talk.prompt.isEmpty)
    talk.session.event(.migrationStarted(HelixFixture.pending[0], attempt: 1))
    #expect(!talk.speech.news(talk.session.state).contains { $0.contains("pause, abort") })
  }

  @Test("a protected target wants its name, and nothing else will do")
  func protected() {
    var talk = Talk(.ready(options: ConsoleOptions(target: "production", isProtected: true)))
    talk.type("apply pending")
    talk.post(.planComputed(HelixFixture.plan(), request: 1))
    talk.post(.accessForetold(AccessOutlook(.prediction, steps: []), request: 1))
    #expect(talk.prompt == "Type the name: postgres, or no: ")
    talk.type("yes")
    #expect(talk.said.last == "Not done: that is not postgres")
    #expect(talk.session.effects.isEmpty)
    talk.type("postgres")
    #expect(!talk.session.effects.isEmpty)
  }

  @Test("a run in steps says what comes next, and takes its words")
  func stepping() {
    var talk = Talk(.running(.step))
    let id = HelixFixture.pending[0]
    talk.session.event(.migrationStarted(id, attempt: 1))
    talk.session.event(.paused(id, statement: 0, .step))
    talk.said = talk.speech.news(talk.session.state)
    #expect(talk.said.contains("Waiting before statement 1 of 9 of 070_user_equals_instance."))
    #expect(talk.said.contains("It locks: ACCESS EXCLUSIVE telemetry"))
    #expect(talk.prompt.contains("next, finish, continue"))
    talk.type("next")
    #expect(talk.session.effects == [.send(.next)])
    talk.type("abort")
    #expect(talk.prompt == "Yes or no: ")
    talk.type("yes")
    #expect(talk.session.effects == [.send(.abort)])
  }

  @Test("a failure is said whole, with its choices")
  func failure() {
    var talk = Talk(.running(.straight))
    let id = HelixFixture.pending[0]
    let message = ServerMessage(
      severity: "ERROR", code: "42P01", message: "relation \"x\" does not exist", hint: "make it first")
    talk.session.event(.migrationStarted(id, attempt: 1))
    talk.session.event(.statementStarted(id, statement: 0))
    talk.session.event(.statementFailed(id, statement: 0, message))
    talk.session.event(.paused(id, statement: 0, .failure(message)))
    talk.said = talk.speech.news(talk.session.state)
    #expect(talk.said.contains("ERROR 42P01: relation \"x\" does not exist"))
    #expect(talk.said.contains("hint, make it first"))
    #expect(talk.prompt.contains("retry, skip, abort"))
    talk.type("retry")
    #expect(talk.session.effects == [.send(.retry)])
  }

  @Test("statements that run by themselves are said every few seconds, not one by one")
  func progress() {
    var talk = Talk(.running(.straight))
    let id = HelixFixture.pending[0]
    talk.session.event(.migrationStarted(id, attempt: 1))
    var lines: [String] = []
    for statement in 0..<9 {
      talk.session.event(.statementStarted(id, statement: statement), after: 1)
      lines += talk.speech.news(talk.session.state)
      talk.session.event(.statementFinished(id, statement: statement, milliseconds: 900, rows: nil))
      lines += talk.speech.news(talk.session.state)
    }
    #expect(lines.filter { $0.contains("statement") }.count == 1, "\(lines)")
  }

  @Test("access of a table is a line for each role and command")
  func access() {
    var talk = Talk(AccessScreenTests.session())
    talk.type("access telemetry")
    #expect(talk.said.contains("anon, SELECT: nothing, no policy admits a row"), "\(talk.said)")
    #expect(talk.said.contains("authenticated, SELECT: own rows"))
  }

  @Test("what is not understood says where help is, and any command leaves a window that only shows")
  func misunderstanding() {
    var talk = Talk(.ready())
    talk.type("frobnicate")
    #expect(talk.said.first?.hasPrefix("Not done: there is no command \"frobnicate\"") == true)
    talk.type("log")
    talk.type("status")
    #expect(talk.said.contains("Foundation: 10 applied"))
    talk.type("help")
    #expect(talk.said.contains { $0.hasPrefix("status: ") })
    #expect(talk.said.contains { $0.hasPrefix("verify: ") })
  }

  @Test("signs become words and columns commas")
  func text() {
    #expect(SpokenText.text(" ✓ 070_user   480 ms  verified 32/32") == "ok 070_user, 480 ms, verified 32/32")
    #expect(SpokenText.text("│ ● applied · none → own rows…") == "applied, none to own rows...")
    #expect(SpokenText.text("   ").isEmpty)
  }
}
