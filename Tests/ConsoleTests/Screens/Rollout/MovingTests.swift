import Display
import Migrations
import Schema
import Script
import Testing

@testable import Console

@Suite("moving and looking")
struct MovingTests {
  @Test("t goes to what the migration under the cursor makes, and [ comes back")
  func objectOfMigration() {
    var session = Session.ready()
    let table = ObjectIdentity.table("public", "made_by_071_phase1_helix_user_context")
    session.post(
      .statusesLoaded(
        HelixFixture.statuses(), findings: [],
        catalog: Snapshot(objects: [SchemaObject(identity: table)])))
    session.press(.character("t"))
    #expect(session.line(with: "nothing that it makes is in the catalog") != nil)
    session.press(.character("j"), .character("t"))
    #expect(session.state.screen == .schema)
    #expect(SchemaScreen.subject(session.state) == .object(table))
    session.press(.character("["))
    #expect(session.state.screen == .rollout)
  }

  @Test(
    "arrows and letters move alike",
    arguments: [(Key(.down), Key.character("j")), (Key(.up), .character("k"))])
  func letters(_ arrow: Key, _ letter: Key) {
    var one = Session.ready()
    var other = Session.ready()
    one.press(Key(.down), arrow)
    other.press(Key(.down), letter)
    #expect(one.screen == other.screen)
  }

  @Test("the ends of a list hold")
  func ends() {
    var session = Session.ready()
    session.press(Key(.home), Key(.up))
    #expect(session.line(with: "Core tables, extensions") != nil)
    session.press(Key(.end), Key(.down), Key(.pageDown))
    #expect(session.line(with: "│Skipped") != nil)
  }

  @Test("a phase folds and unfolds, its row stays under the cursor")
  func folding() {
    var session = Session.ready()
    session.press(Key(.left))
    #expect(session.line(with: "▸ Phase 1 ") != nil)
    #expect(session.line(with: "070_user_equals_instance      ○") == nil)
    session.press(Key(.enter))
    #expect(session.line(with: "▾ Phase 1 ") != nil)
    #expect(session.line(with: "070_user_equals_instance      ○") != nil)
  }

  @Test("Tab gives the keys to each pane in turn, and back")
  func panes() {
    var session = Session.ready()
    let first = session.frame
    session.press(Key(.tab))
    #expect(session.frame != first)
    session.press(Key(.tab), Key(.tab), Key(.tab))
    #expect(session.frame == first)
    session.press(Key(.tab), Key(.tab, .shift))
    #expect(session.frame == first)
  }

  @Test("the graph shows what the migration needs and what needs it; Enter goes there")
  func graph() {
    var session = Session.ready(columns: 200, rows: 60)
    #expect(session.line(with: "needs 1 ") != nil)
    #expect(session.line(with: "└─● 067_recreate_all_triggers  declared") != nil)
    #expect(session.line(with: "needed by 2 ") != nil)
    #expect(session.line(with: "├─○ 071_phase1_helix_user_context  ") != nil)
    #expect(session.line(with: "│ └─○ 072_phase1b_memory_synthesis") != nil)
    session.press(Key(.tab), Key(.down))
    #expect(session.line(with: "071_phase1_helix_user_context needs") != nil)
    #expect(session.line(with: "uses column telemetry.user_id (line 12)") != nil)
    #expect(session.line(with: "╭ 070_user_equals_instance ") != nil)
    session.press(Key(.enter))
    #expect(session.line(with: "╭ 071_phase1_helix_user_context ") != nil)
    session.press(Key(.home), Key(.enter))
    #expect(session.line(with: "╭ 070_user_equals_instance ") != nil)
  }

  @Test("a statement opens as a whole and scrolls both ways")
  func statement() {
    var session = Session.ready()
    session.press(Key(.enter), Key(.enter))
    #expect(session.line(with: "070_user_equals_instance · statement 1") != nil)
    #expect(session.line(with: "locks ACCESS EXCLUSIVE telemetry") != nil)
    #expect(
      session.line(with: "11    ADD COLUMN IF NOT EXISTS user_id UUID REFERENCES auth.users(id)") != nil)
    session.press(Key(.right))
    #expect(session.line(with: "11  LUMN IF NOT EXISTS user_id") != nil)
    session.press(Key(.escape))
    #expect(session.line(with: "· statement 1") == nil)
  }

  @Test("the editor opens the file at the statement, the clipboard gets the statement")
  func outside() {
    var session = Session.ready()
    session.press(.character("o"))
    #expect(session.effects == [.openEditor(FileLocation(file: "070_user_equals_instance.sql"))])
    session.press(.character("Y"))
    #expect(session.effects == [.copy("070_user_equals_instance")])
    session.press(Key(.enter), Key(.down), .character("o"))
    #expect(
      session.effects == [
        .openEditor(
          FileLocation(file: "070_user_equals_instance.sql", position: .init(line: 15, column: 1)))
      ])
    session.press(.character("Y"))
    #expect(
      session.effects == [
        .copy(
          "ALTER TABLE public.heartbeats\n  ADD COLUMN IF NOT EXISTS user_id UUID REFERENCES auth.users(id)")
      ])
  }

  @Test("suspending and drawing anew work everywhere, even where text is typed")
  func everywhere() {
    var session = Session.ready()
    for key in ["", "?", "/", "L"] {
      session.type(key)
      session.press(.control("z"))
      #expect(session.effects == [.suspend])
      session.press(.control("l"))
      #expect(session.effects == [.redraw])
      session.press(Key(.escape))
    }
  }

  @Test("zooming gives one pane the whole screen")
  func zoom() {
    var session = Session.ready()
    session.press(.character("z"))
    #expect(session.line(with: "╭ Graph") == nil)
    session.press(.character("z"))
    #expect(session.line(with: "╭ Graph") != nil)
  }
}
