import Console
import Display
import Testing

@Suite("the filter")
struct FilterTests {
  @Test("what is typed leaves only the names that contain it, whatever their case, folded phases included")
  func typing() {
    var session = Session.ready()
    session.press(.character("/"))
    session.type("VOICE")
    #expect(session.lines.last?.contains("/VOICE   4 of 73") == true)
    for name in ["019_voice_memos", "025_voice_commands", "048_phase10_voice_int", "019b_voice_memos"] {
      #expect(session.line(with: name) != nil)
    }
    #expect(session.line(with: "070_user_equals_instance   ○") == nil)
  }

  @Test("letters that are commands elsewhere are only letters here")
  func letters() {
    var session = Session.ready()
    session.press(.character("/"))
    session.type("qa?R")
    #expect(session.effects == [])
    #expect(session.lines.last?.contains("/qa?R") == true)
  }

  @Test("Enter keeps the filter, n and N move from match to match around the ends")
  func matches() {
    var session = Session.ready()
    session.press(.character("/"))
    session.type("voice")
    session.press(Key(.enter))
    #expect(session.line(with: "Phases /voice: 4 of 73") != nil)
    #expect(session.line(with: "╭ 019_voice_memos ") != nil)
    session.press(.character("n"))
    #expect(session.line(with: "╭ 025_voice_commands ") != nil)
    session.press(.character("N"), .character("N"))
    #expect(session.line(with: "╭ 019b_voice_memos ") != nil)
  }

  @Test("Esc clears it, and the cursor stays on the migration that was found")
  func clear() {
    var session = Session.ready()
    session.press(.character("/"))
    session.type("agenda")
    session.press(Key(.enter), Key(.escape))
    #expect(session.line(with: "Phases /") == nil)
    #expect(session.line(with: "╭ 033_agenda_views ") != nil)
  }

  @Test("nothing found says so, and erasing brings everything back")
  func nothing() {
    var session = Session.ready()
    session.press(.character("/"))
    session.type("zzz")
    #expect(session.line(with: "nothing contains “zzz”") != nil)
    session.press(Key(.backspace), Key(.backspace), Key(.backspace))
    #expect(session.line(with: "Foundation") != nil)
  }

  @Test("what was found is marked")
  func marked() {
    var session = Session.ready()
    session.press(.character("/"))
    session.type("goals")
    session.press(Key(.up))
    let row = session.lines.firstIndex { $0.contains("016_goals") } ?? 0
    let column = Array(session.lines[row]).firstIndex(of: "g") ?? 0
    #expect(session.frame[column, row].style == Theme.standard[.match])
    #expect(session.frame[column - 1, row].style != Theme.standard[.match])
  }
}
