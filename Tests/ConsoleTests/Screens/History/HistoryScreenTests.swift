import Display
import Migrations
import Schema
import Testing

@testable import Console

@Suite("the History screen")
struct HistoryScreenTests {
  @Test("asks when it is first shown, and again only when something may have changed")
  func asking() {
    var session = Session.ready()
    session.press(.character("6"))
    #expect(session.effects == [.load(.history(.read), number: 1)])
    session = Session.history()
    session.press(.character("1"), .character("6"))
    #expect(session.effects.isEmpty)
    session.press(.character("R"))
    #expect(session.effects.contains(.load(.history(.read), number: 2)))
  }

  @Test("lists the runs by day, with how each ended")
  func runs() throws {
    let session = Session.history()
    let lines = session.lines
    let today = try #require(lines.firstIndex { $0.contains("today, 2 runs") })
    #expect(lines[today + 1].contains("#12"))
    #expect(lines[today + 1].contains("070_user_equals_instance and 1 more"))
    #expect(lines[today + 2].contains("failed"))
    #expect(lines[today + 3].contains("yesterday, 1 run"))
    #expect(lines[today + 4].contains("no end"))
  }

  @Test("shows what a run changed object by object, parts with their table, and definitions before and after")
  func changes() {
    let session = Session.history(rows: 60)
    #expect(session.line(with: "+ table user_settings  with 2 columns") != nil)
    #expect(session.line(with: "+ column telemetry.user_id") != nil)
    #expect(session.line(with: "column user_settings.theme") == nil)
    #expect(session.line(with: "- USING (true)") != nil)
    #expect(session.line(with: "+ USING (auth.uid() = user_id)") != nil)
    #expect(session.line(with: "- index idx_old") != nil)
  }

  @Test("leads from a run to its migrations and back")
  func jumping() {
    var session = Session.history()
    session.press(Key(.tab), .character("j"), .character("j"), .character("j"), .character("j"))
    session.press(.character("j"), .character("j"))
    #expect(HistoryScreen.subject(session.state) == .migration("070_user_equals_instance"))
    session.press(Key(.enter))
    #expect(session.state.screen == .rollout)
    session.press(.character("["))
    #expect(session.state.screen == .history)
  }

  @Test("shows how long migrations took, and which became slower")
  func times() {
    var session = Session.history()
    #expect(session.line(with: "1 migration slower than before") != nil)
    session.press(.character("v"))
    #expect(session.line(with: "4.9 x slower") != nil)
    #expect(session.line(with: "3 times") != nil)
    #expect(session.screen.contains("rolled-back"))
  }

  @Test("stands other tools' histories beside ours, disagreements marked with glyph and words")
  func witnesses() {
    var session = Session.history()
    #expect(session.line(with: "supabase ≠ 2 differ") != nil)
    session.press(.character("v"), .character("v"))
    #expect(session.line(with: "✓ 001_initial_schema")?.contains("both say that it is in") == true)
    #expect(session.line(with: "≠ 002_telemetry_tables")?.contains("only supabase has it") == true)
    #expect(session.line(with: "✗ 003_user_profiles")?.contains("Signalbox says reverted") == true)
  }

  @Test("says that there is nothing, and what to do")
  func empty() {
    var session = Session.ready()
    session.press(.character("6"))
    session.post(.answered(.history(.read), number: 1, .success(.history(.read(HistoryFacts())))))
    #expect(session.line(with: "Signalbox has run nothing here yet") != nil)
    session.press(.character("v"), .character("v"))
    #expect(session.line(with: "No other migration tool") != nil)
  }

  @Test("says why it could not be read")
  func failure() {
    var session = Session.ready()
    session.press(.character("6"))
    session.post(.answered(.history(.read), number: 1, .failure(Trouble("permission denied for schema"))))
    #expect(session.line(with: "permission denied for schema") != nil)
  }

  @Test("looks as recorded", arguments: GoldenFrameTests.sizes)
  func golden(_ size: Size) throws {
    var session = Session.history(columns: size.columns, rows: size.rows)
    try expectGolden(session.frame, "history-\(size.columns)x\(size.rows)")
    session.press(.character("v"))
    try expectGolden(session.frame, "history-times-\(size.columns)x\(size.rows)")
    session.press(.character("v"))
    try expectGolden(session.frame, "history-tools-\(size.columns)x\(size.rows)")
  }
}
