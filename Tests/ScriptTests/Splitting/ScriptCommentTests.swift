import Testing

@testable import Script

@Suite("Comments")
struct ScriptCommentTests {
  private let script = ScriptParser.parse(
    """
    -- requires: 070_users
    /* two
       lines */
    create table t (
      a int -- inside
    ); --> statement-breakpoint
    -- migrate:down
    drop table t; -- last
    """)

  @Test("stand before or in a statement")
  func places() {
    #expect(script.comments.map(\.statement) == [0, 0, 0, 1, 1, 2])
    #expect(script.comments.map(\.isInsideStatement) == [false, false, true, false, false, false])
    #expect(script.comments.map(\.position.line) == [1, 2, 5, 6, 7, 8])
  }

  @Test("say what stands between their marks")
  func content() {
    #expect(
      script.comments.map(\.content) == [
        "requires: 070_users", "two\n   lines", "inside", "> statement-breakpoint", "migrate:down", "last",
      ])
  }

  @Test("are found by the statement that they lead")
  func leading() {
    #expect(script.leadingComments(ofStatement: 0).map(\.position.line) == [1, 2])
    #expect(script.leadingComments(ofStatement: 1).map(\.position.line) == [6, 7])
    #expect(script.leadingComments(ofStatement: 2).map(\.content) == ["last"])
    #expect(script.leadingComments(ofStatement: 3).isEmpty)
  }

  @Test("in a function's body are part of the body")
  func body() {
    #expect(ScriptParser.parse("do $$ -- requires: x\n begin end $$").comments.isEmpty)
  }
}
