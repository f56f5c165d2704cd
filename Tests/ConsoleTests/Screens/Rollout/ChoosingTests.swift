import Console
import Display
import Migrations
import Testing

@Suite("choosing")
struct ChoosingTests {
  @Test("a migration brings what it needs, and the log says why")
  func closure() {
    var session = Session.ready()
    session.press(Key(.down), .character(" "))
    #expect(session.line(with: "[x] 071_phase1_helix") != nil)
    #expect(session.line(with: "[+] 070_user_equals_instance") != nil)
    #expect(
      session.line(with: "070_user_equals_instance comes with it: it creates column public.telemetry.user_id")
        != nil)
    #expect(session.lines[2].hasSuffix("1 chosen, 1 comes with them"))
  }

  @Test("what is still needed stays when it is given up")
  func stays() {
    var session = Session.ready()
    session.press(.character(" "), Key(.down), .character(" "))
    #expect(session.line(with: "[x] 070_user_equals_instance") != nil)
    session.press(Key(.up), .character(" "))
    #expect(session.line(with: "[+] 070_user_equals_instance") != nil)
    #expect(session.line(with: "stays, because 071_phase1_helix_user_context needs it") != nil)
  }

  @Test("the same key takes a choice back")
  func back() {
    var session = Session.ready()
    session.press(Key(.down), .character(" "), .character(" "))
    #expect(session.line(with: "[x]") == nil)
    #expect(session.line(with: "[+]") == nil)
  }

  @Test("a phase is chosen as a whole, a star chooses all that can run")
  func whole() {
    var session = Session.ready()
    session.press(Key(.up), .character(" "))
    #expect(session.lines.count { $0.contains("[x]") } == 2)
    session.press(.character(" "), .character("*"))
    #expect(session.lines.count { $0.contains("[x]") } == 5)
    session.press(.character("*"))
    #expect(session.line(with: "[x]") == nil)
  }

  @Test("what cannot run cannot be chosen, and says why")
  func refused() {
    var session = Session.ready()
    session.press(Key(.home), Key(.right), Key(.down), .character(" "))
    #expect(session.line(with: "001_initial_schema cannot be chosen: it is applied already") != nil)
    session.press(Key(.end), Key(.right), Key(.down), .character(" "))
    #expect(session.line(with: "019b_voice_memos cannot be chosen: skipped: Test migration") != nil)
    #expect(session.line(with: "[x]") == nil)
  }

  @Test("a choice survives a refresh as far as it can still run")
  func refresh() {
    var session = Session.ready()
    session.press(.character("*"))
    var statuses = HelixFixture.statuses()
    if let index = statuses.firstIndex(where: { $0.id == HelixFixture.pending[0] }) {
      statuses[index].state = .applied
    }
    session.post(.statusesLoaded(statuses, findings: []))
    #expect(session.lines.count { $0.contains("[x]") } == 4)
    #expect(session.lines[2].hasSuffix("4 chosen"))
  }
}
