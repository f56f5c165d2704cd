import Display
import Migrations
import Testing

@testable import Console

@Suite("typed commands")
struct CommandLineTests {
  private func session(typing text: String) -> Session {
    var session = Session.ready()
    session.press(.character(":"))
    session.type(text)
    return session
  }

  @Test("what is typed stands behind a colon, with what can complete it above")
  func completions() {
    var session = session(typing: "the")
    #expect(session.lines.last?.hasPrefix(" :the") == true)
    #expect(session.line(with: "Shows the console in another theme.") != nil)
    session.press(Key(.tab))
    #expect(session.lines.last?.hasPrefix(" :theme") == true)
    #expect(session.line(with: "for any screens") != nil)
  }

  @Test("Tab goes through the ways to go on, and back")
  func cycling() {
    var session = session(typing: "migration 20260")
    session.press(Key(.tab))
    #expect(session.lines.last == " :migration 20260205_enable_rls")
    session.press(Key(.tab))
    #expect(session.lines.last == " :migration 20260206_rls_policies")
    session.press(Key(.tab, .shift))
    #expect(session.lines.last == " :migration 20260205_enable_rls")
    session.press(Key(.enter))
    #expect(session.state.shownMigration == "20260205_enable_rls")
  }

  @Test("what was typed is kept for the next session, and recalled there")
  func kept() {
    var session = session(typing: "history")
    session.press(Key(.enter))
    #expect(session.effects.contains(.keepCommand("history")))
    var next = Session.ready(options: ConsoleOptions(commandHistory: ["plan 070", "history"]))
    next.press(.character(":"), Key(.up), Key(.up))
    #expect(next.lines.last == " :plan 070")
  }

  @Test("a name is found by its middle")
  func middle() {
    var session = session(typing: "migration synthesis")
    #expect(session.line(with: "072_phase1b_memory_synthesis") != nil)
    session.press(Key(.escape))
    #expect(session.state.commandLine == nil)
  }

  @Test("plan chooses what is named, by the selectors of the command line")
  func plan() {
    var session = session(typing: "plan 070 071")
    session.press(Key(.enter))
    #expect(
      session.deeds == [
        .computePlan(["070_user_equals_instance", "071_phase1_helix_user_context"], request: 1)
      ])
  }

  @Test("what names nothing, and what is done already, is said and changes nothing")
  func wrongSelections() {
    var session = session(typing: "apply 999")
    session.press(Key(.enter))
    #expect(session.lines.last?.contains("999") == true)
    session.press(.character(":"))
    session.type("apply 001")
    session.press(Key(.enter))
    #expect(session.lines.last?.contains("it is done or left out") == true)
    #expect(session.deeds.isEmpty)
  }

  @Test("on a read-only console apply says why not")
  func readOnly() {
    var session = Session.ready(
      options: ConsoleOptions(target: "staging", readOnlyReason: "--read-only was given"))
    session.press(.character(":"))
    session.type("apply pending")
    session.press(Key(.enter))
    #expect(session.lines.last?.contains("read-only: --read-only was given") == true)
    #expect(session.deeds.isEmpty)
  }

  @Test("every command of the table can be typed by its title")
  func titles() {
    var session = session(typing: "choose-all-pending")
    session.press(Key(.enter))
    #expect(session.line(with: "5 chosen") != nil)
    session.press(.character(":"))
    session.type("q")
    session.press(Key(.enter))
    #expect(session.deeds == [.quit])
  }

  @Test("a beginning that is not clear names the ways; an unknown word says so")
  func unclear() {
    var session = session(typing: "re")
    session.press(Key(.enter))
    #expect(session.lines.last?.contains("not clear") == true)
    session.press(.character(":"))
    session.type("zzz")
    session.press(Key(.enter))
    #expect(session.lines.last?.contains("there is no command “zzz”") == true)
  }

  @Test("Up brings back what was typed before, the newest first, and Down goes forward again")
  func history() {
    var session = session(typing: "set mouse")
    session.press(Key(.enter), .character(":"))
    session.type("set nomouse")
    session.press(Key(.enter), .character(":"), Key(.up))
    #expect(session.lines.last == " :set nomouse")
    session.press(Key(.up))
    #expect(session.lines.last == " :set mouse")
    session.press(Key(.down))
    #expect(session.lines.last == " :set nomouse")
    session.press(Key(.down))
    #expect(session.lines.last == " :")
    session.press(Key(.backspace))
    #expect(session.state.commandLine == nil)
  }

  @Test("settings are switched on and off, and an unknown one names those that there are")
  func settings() {
    var session = session(typing: "set mouse")
    session.press(Key(.enter))
    #expect(session.deeds == [.setMouse(true)])
    session.press(.character(":"))
    session.type("set nomouse")
    session.press(Key(.enter))
    #expect(session.deeds == [.setMouse(false)])
    session.press(.character(":"))
    session.type("set cat")
    session.press(Key(.enter))
    #expect(session.lines.last?.contains("there is no setting “cat”: mouse, reload") == true)
  }
}

extension Session {
  /// The effects of the last action, without that what was typed is kept.
  fileprivate var deeds: [ConsoleEffect] {
    effects.filter { if case .keepCommand = $0 { false } else { true } }
  }
}
